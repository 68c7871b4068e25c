package dev.socketlab.abi;

import java.util.HashMap;
import java.util.Map;

/**
 * An error number of Linux, errno(3). Numbers that have no name here are kept as they are: the
 * kernel may answer one that nobody listed. The numbers are those of asm-generic/errno.h, which
 * x86-64 and aarch64 share.
 */
public record Errno(int number) {
    public static final Errno EPERM = new Errno(1);
    public static final Errno EINTR = new Errno(4);
    public static final Errno EBADF = new Errno(9);
    public static final Errno EAGAIN = new Errno(11);
    public static final Errno EINVAL = new Errno(22);
    public static final Errno ENFILE = new Errno(23);
    public static final Errno EMFILE = new Errno(24);
    public static final Errno ENOSPC = new Errno(28);
    public static final Errno EPIPE = new Errno(32);
    public static final Errno EAFNOSUPPORT = new Errno(97);
    public static final Errno ECONNRESET = new Errno(104);
    public static final Errno ECONNABORTED = new Errno(103);
    public static final Errno EISCONN = new Errno(106);
    public static final Errno EALREADY = new Errno(114);
    public static final Errno EINPROGRESS = new Errno(115);
    public static final Errno ENOENT = new Errno(2);
    public static final Errno EBUSY = new Errno(16);
    public static final Errno EXDEV = new Errno(18);
    public static final Errno ENODEV = new Errno(19);
    public static final Errno ENOTDIR = new Errno(20);
    public static final Errno ELOOP = new Errno(40);
    public static final Errno ETOOMANYREFS = new Errno(109);
    public static final Errno ECONNREFUSED = new Errno(111);

    private static final Map<String, Integer> NUMBERS = new HashMap<>();
    private static final Map<Integer, String> NAMES = new HashMap<>();

    static {
        String listed =
                """
                EPERM 1 ENOENT 2 ESRCH 3 EINTR 4 EIO 5 ENXIO 6 E2BIG 7 ENOEXEC 8 EBADF 9 ECHILD 10
                EAGAIN 11 ENOMEM 12 EACCES 13 EFAULT 14 ENOTBLK 15 EBUSY 16 EEXIST 17 EXDEV 18
                ENODEV 19 ENOTDIR 20 EISDIR 21 EINVAL 22 ENFILE 23 EMFILE 24 ENOTTY 25 ETXTBSY 26
                EFBIG 27 ENOSPC 28 ESPIPE 29 EROFS 30 EMLINK 31 EPIPE 32 EDOM 33 ERANGE 34
                EDEADLK 35 ENAMETOOLONG 36 ENOLCK 37 ENOSYS 38 ENOTEMPTY 39 ELOOP 40 ENOMSG 42
                EIDRM 43 ECHRNG 44 EL2NSYNC 45 EL3HLT 46 EL3RST 47 ELNRNG 48 EUNATCH 49 ENOCSI 50
                EL2HLT 51 EBADE 52 EBADR 53 EXFULL 54 ENOANO 55 EBADRQC 56 EBADSLT 57 EBFONT 59
                ENOSTR 60 ENODATA 61 ETIME 62 ENOSR 63 ENONET 64 ENOPKG 65 EREMOTE 66 ENOLINK 67
                EADV 68 ESRMNT 69 ECOMM 70 EPROTO 71 EMULTIHOP 72 EDOTDOT 73 EBADMSG 74
                EOVERFLOW 75 ENOTUNIQ 76 EBADFD 77 EREMCHG 78 ELIBACC 79 ELIBBAD 80 ELIBSCN 81
                ELIBMAX 82 ELIBEXEC 83 EILSEQ 84 ERESTART 85 ESTRPIPE 86 EUSERS 87 ENOTSOCK 88
                EDESTADDRREQ 89 EMSGSIZE 90 EPROTOTYPE 91 ENOPROTOOPT 92 EPROTONOSUPPORT 93
                ESOCKTNOSUPPORT 94 EOPNOTSUPP 95 EPFNOSUPPORT 96 EAFNOSUPPORT 97 EADDRINUSE 98
                EADDRNOTAVAIL 99 ENETDOWN 100 ENETUNREACH 101 ENETRESET 102 ECONNABORTED 103
                ECONNRESET 104 ENOBUFS 105 EISCONN 106 ENOTCONN 107 ESHUTDOWN 108 ETOOMANYREFS 109
                ETIMEDOUT 110 ECONNREFUSED 111 EHOSTDOWN 112 EHOSTUNREACH 113 EALREADY 114
                EINPROGRESS 115 ESTALE 116 EUCLEAN 117 ENOTNAM 118 ENAVAIL 119 EISNAM 120
                EREMOTEIO 121 EDQUOT 122 ENOMEDIUM 123 EMEDIUMTYPE 124 ECANCELED 125 ENOKEY 126
                EKEYEXPIRED 127 EKEYREVOKED 128 EKEYREJECTED 129 EOWNERDEAD 130
                ENOTRECOVERABLE 131 ERFKILL 132 EHWPOISON 133
                """;
        String[] words = listed.trim().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            NUMBERS.put(words[i], Integer.valueOf(words[i + 1]));
            NAMES.put(Integer.valueOf(words[i + 1]), words[i]);
        }
    }

    /** The name, such as {@code EADDRINUSE}; the number as text where it has none. */
    public String name() {
        return NAMES.getOrDefault(number, Integer.toString(number));
    }

    /** Every name with its number. */
    public static Map<String, Integer> all() {
        return Map.copyOf(NUMBERS);
    }

    @Override
    public String toString() {
        return name();
    }
}
