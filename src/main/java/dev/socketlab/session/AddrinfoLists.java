package dev.socketlab.session;

import dev.socketlab.call.Addrinfos;
import dev.socketlab.linux.Netdb;
import dev.socketlab.session.LimitException.Limit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The results of getaddrinfo(3) that a session keeps until it frees them, or ends. */
public final class AddrinfoLists {
    private final int most;
    private final Map<Integer, Addrinfos> lists = new TreeMap<>();
    private int last;
    private boolean ended;

    AddrinfoLists(int most) {
        this.most = most;
    }

    /** The ids of those that are kept. */
    synchronized List<Integer> ids() {
        return List.copyOf(lists.keySet());
    }

    synchronized Optional<Addrinfos> get(int id) {
        return Optional.ofNullable(lists.get(id));
    }

    /**
     * Keeps a result; empty where the session has ended.
     *
     * @throws LimitException when there are too many already
     */
    public synchronized Optional<Addrinfos> keep(
            List<Netdb.Addrinfo> res, Addrinfos.Lookup lookup) {
        if (ended) {
            return Optional.empty();
        }
        check();
        last++;
        Addrinfos list = new Addrinfos(last, res, lookup);
        lists.put(last, list);
        return Optional.of(list);
    }

    /**
     * Whether there is room for one more.
     *
     * @throws LimitException when there is none
     */
    public synchronized void check() {
        if (lists.size() >= most) {
            throw new LimitException(Limit.ADDRINFO_LISTS, lists.size());
        }
    }

    /** Frees a list; false where there is none with that id. */
    public synchronized boolean free(int id) {
        return lists.remove(id) != null;
    }

    /** Frees all, and keeps none from now on: their ids. */
    synchronized List<Integer> end() {
        List<Integer> left = ids();
        ended = true;
        lists.clear();
        return left;
    }
}
