package dev.socketlab.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where MAC addresses were last seen. Of a fixed size and without an allocation an entry: an
 * address that finds its places taken has the first of them, and whose it was is forgotten, as in a
 * switch whose table is full. Belongs to one thread at a time.
 */
final class AddressTable<T> {
    private static final int SIZE = 256;
    private static final int PROBES = 8;
    private static final long FREE = -1;

    private final long[] addresses = new long[SIZE];
    private final @Nullable Object[] places = new Object[SIZE];

    AddressTable() {
        Arrays.fill(addresses, FREE);
    }

    /** Where the address was last seen; null where that is not known. */
    @SuppressWarnings("unchecked") // only T are put in
    @Nullable T get(long mac) {
        int slot = find(mac);
        return addresses[slot] == mac ? (T) places[slot] : null;
    }

    void put(long mac, T place) {
        int slot = find(mac);
        addresses[slot] = mac;
        places[slot] = place;
    }

    /** The slot that has the address, or that it would be put into. */
    private int find(long mac) {
        int home = (int) ((mac * 0x9e3779b97f4a7c15L) >>> 56);
        for (int i = 0; i < PROBES; i++) {
            int slot = (home + i) & (SIZE - 1);
            if (addresses[slot] == mac || addresses[slot] == FREE) {
                return slot;
            }
        }
        return home;
    }
}
