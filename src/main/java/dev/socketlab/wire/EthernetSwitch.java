package dev.socketlab.wire;

import dev.socketlab.linux.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * The switch that joins the hosts of one session, as IEEE 802.1Q has it: it learns from the source
 * of each frame on which link an address is, and sends a frame to the link of its destination, or
 * to all others while that is not known. What a frame costs is its two system calls: nothing is
 * allocated for it.
 */
final class EthernetSwitch {
    /** How many frames of a link are carried before another link has its turn. */
    private static final int TURN = 64;

    private final List<Link> links = new ArrayList<>();
    private final AddressTable<Link> learned = new AddressTable<>();
    private boolean closed;

    /** One end of the wire: the fd of a host's TAP interface, which the host owns. */
    static final class Link {
        private final EthernetSwitch owner;
        private final int tap;

        private Link(EthernetSwitch owner, int tap) {
            this.owner = owner;
            this.tap = tap;
        }

        int tap() {
            return tap;
        }

        /** Carries what the host sends, for one turn. */
        void carry(Frame frame, Carried carried) {
            owner.carry(this, frame, carried);
        }
    }

    /** How many frames were carried, and how many were lost as their receiver had no room. */
    static final class Carried {
        private volatile long frames;
        private volatile long lost;

        long frames() {
            return frames;
        }

        long lost() {
            return lost;
        }

        /** By the switch's thread alone. */
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        private void add(int more, int moreLost) {
            frames += more;
            lost += moreLost;
        }
    }

    /** Plugs a host in. */
    synchronized Link plug(int tap) {
        Link link = new Link(this, tap);
        links.add(link);
        return link;
    }

    /** Carries nothing from now on: when this returns, no fd is in use any more. */
    synchronized void close() {
        closed = true;
    }

    private synchronized void carry(Link from, Frame frame, Carried carried) {
        int frames = 0;
        int lost = 0;
        while (!closed && frames < TURN && frame.read(from.tap)) {
            frames++;
            lost += forward(from, frame);
        }
        carried.add(frames, lost);
    }

    /** Answers how many links the frame was lost on. */
    private int forward(Link from, Frame frame) {
        if (frame.length() < Frame.HEADER_SIZE) {
            return 1;
        }
        long source = frame.source();
        if (!Frame.isGroup(source)) {
            learned.put(source, from);
        }
        long destination = frame.destination();
        Link to = Frame.isGroup(destination) ? null : learned.get(destination);
        if (to == null) {
            return flood(from, frame);
        }
        return to == from || frame.write(to.tap) ? 0 : 1;
    }

    private int flood(Link from, Frame frame) {
        int lost = 0;
        for (int i = 0; i < links.size(); i++) {
            Link to = links.get(i);
            if (to != from && !frame.write(to.tap)) {
                lost++;
            }
        }
        return lost;
    }
}
