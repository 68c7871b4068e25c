package dev.socketlab.network;

import dev.socketlab.linux.Kernel;
import java.util.Map;

/**
 * What hosts of sessions' own are made with.
 *
 * @param threads go into their namespaces
 * @param listening sums up what is counted in them
 * @param sysctls what they have as the machine has it, by the names of {@link HostSetup}
 */
record LabKit(
        Kernel kernel,
        LabThreads threads,
        ListeningTotal listening,
        Map<String, Integer> sysctls) {}
