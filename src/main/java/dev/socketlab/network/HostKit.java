package dev.socketlab.network;

import dev.socketlab.linux.Kernel;
import dev.socketlab.place.LabThreads;
import dev.socketlab.policy.SocketPolicy;
import java.util.Map;

/**
 * What hosts of sessions' own are made with.
 *
 * @param threads go into their namespaces
 * @param listening sums up what is counted in them
 * @param sockets which kinds of socket may be made on them
 * @param sysctls what they have as the machine has it, by the names of {@link HostSetup}
 */
record HostKit(
        Kernel kernel,
        LabThreads threads,
        ListeningTotal listening,
        SocketPolicy sockets,
        Map<String, Integer> sysctls) {}
