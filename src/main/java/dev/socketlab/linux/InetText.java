package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.socketlab.abi.AddressFamily;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Internet addresses as text, by the C library's own inet_pton(3) and inet_ntop(3). */
final class InetText {
    private static final int INET6_ADDRSTRLEN = 46;
    private static final MethodHandle INET_PTON =
            CLibrary.quick("inet_pton", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle INET_NTOP =
            CLibrary.quick("inet_ntop", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);

    private InetText() {}

    /** The bytes of an address in network order, 4 or 16; empty where the text is none. */
    static Optional<byte[]> parse(int family, String text) {
        byte[] address = new byte[family == AddressFamily.AF_INET ? 4 : 16];
        try {
            int found =
                    (int)
                            INET_PTON.invokeExact(
                                    MemorySegment.ofArray(new int[1]),
                                    family,
                                    CLibrary.heapString(text),
                                    MemorySegment.ofArray(address));
            return found == 1 && text.indexOf('\0') < 0 ? Optional.of(address) : Optional.empty();
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    /** The text of an address of 4 or 16 bytes in network order. */
    static String toText(byte[] address) {
        int family = address.length == 4 ? AddressFamily.AF_INET : AddressFamily.AF_INET6;
        byte[] text = new byte[INET6_ADDRSTRLEN];
        try {
            MemorySegment _ =
                    (MemorySegment)
                            INET_NTOP.invokeExact(
                                    MemorySegment.ofArray(new int[1]),
                                    family,
                                    MemorySegment.ofArray(address),
                                    MemorySegment.ofArray(text),
                                    text.length);
            return MemorySegment.ofArray(text).getString(0, StandardCharsets.US_ASCII);
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }
}
