package dev.socketlab.abi;

/** What getaddrinfo(3) and getnameinfo(3) return when they fail; from netdb.h. */
public final class AddrinfoError {
    public static final int EAI_IDN_ENCODE = -105;
    public static final int EAI_INTR = -104;
    public static final int EAI_ALLDONE = -103;
    public static final int EAI_NOTCANCELED = -102;
    public static final int EAI_CANCELED = -101;
    public static final int EAI_INPROGRESS = -100;
    public static final int EAI_OVERFLOW = -12;
    public static final int EAI_SYSTEM = -11;
    public static final int EAI_MEMORY = -10;
    public static final int EAI_ADDRFAMILY = -9;
    public static final int EAI_SERVICE = -8;
    public static final int EAI_SOCKTYPE = -7;
    public static final int EAI_FAMILY = -6;
    public static final int EAI_NODATA = -5;
    public static final int EAI_FAIL = -4;
    public static final int EAI_AGAIN = -3;
    public static final int EAI_NONAME = -2;
    public static final int EAI_BADFLAGS = -1;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(AddrinfoError.class);

    private AddrinfoError() {}
}
