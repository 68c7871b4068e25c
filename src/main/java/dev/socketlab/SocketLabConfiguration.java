package dev.socketlab;

import dev.socketlab.inspect.Inspector;
import dev.socketlab.inspect.SocketOptions;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.network.Isolation;
import dev.socketlab.network.MachineHost;
import dev.socketlab.network.Networks;
import dev.socketlab.place.DirectoryThreads;
import dev.socketlab.policy.EgressPolicy;
import dev.socketlab.policy.OptionPolicy;
import dev.socketlab.policy.OwnPorts;
import dev.socketlab.policy.SocketPolicy;
import dev.socketlab.readiness.ReadinessLoop;
import dev.socketlab.session.CallObserver;
import dev.socketlab.session.CallObservers;
import dev.socketlab.session.OpenFiles;
import dev.socketlab.session.SessionRegistry;
import dev.socketlab.session.SessionSettings;
import dev.socketlab.session.SocketDirectories;
import dev.socketlab.syscall.Calls;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The parts that know nothing of Spring, put together. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SocketLabConfiguration {
    /**
     * What sessions may reach beyond loopback.
     *
     * @param allow CIDR:ports, such as 10.0.0.0/8:80 or [2001:db8::]/32:*; or {@code any}
     */
    @ConfigurationProperties("socketlab.egress")
    record EgressSettings(@DefaultValue List<String> allow) {}

    /**
     * Which kinds of socket sessions may make beside the usual.
     *
     * @param allow names of address families and protocols, such as AF_VSOCK or IPPROTO_SCTP; and,
     *     for the machine's network, AF_PACKET and SOCK_RAW
     */
    @ConfigurationProperties("socketlab.socket")
    record SocketSettings(@DefaultValue List<String> allow) {}

    @Bean
    Kernel kernel() {
        return new LinuxKernel();
    }

    @Bean
    ReadinessLoop readinessLoop(Kernel kernel) {
        return new ReadinessLoop(kernel);
    }

    @Bean
    SockDiag sockDiag(Kernel kernel) {
        return new SockDiag(kernel);
    }

    @Bean
    OwnPorts ownPorts() {
        return new OwnPorts();
    }

    @Bean
    EgressPolicy egressPolicy(EgressSettings settings, OwnPorts ownPorts) {
        return new EgressPolicy(settings.allow(), ownPorts);
    }

    @Bean
    OptionPolicy optionPolicy(EgressSettings settings) {
        return new OptionPolicy(settings.allow().contains("any"));
    }

    @Bean
    OpenFiles openFiles(
            SessionSettings settings, @Value("${server.tomcat.max-connections}") int connections) {
        return settings.maxOpenFiles() > 0
                ? new OpenFiles(settings.maxOpenFiles())
                : OpenFiles.beside(connections);
    }

    @Bean
    Isolation isolation(Kernel kernel, ReadinessLoop loop, SocketSettings settings) {
        return new Isolation(kernel, loop, new SocketPolicy(true, settings.allow()));
    }

    @Bean
    DirectoryThreads directoryThreads(Kernel kernel, ReadinessLoop loop) {
        return new DirectoryThreads(kernel, loop);
    }

    @Bean
    SocketDirectories socketDirectories(
            Kernel kernel, DirectoryThreads threads, SessionSettings settings) {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        return new SocketDirectories(kernel, threads, parent, settings.maxFiles());
    }

    @Bean
    MachineHost machineHost(Kernel kernel, SockDiag sockDiag) {
        return new MachineHost(kernel, sockDiag);
    }

    @Bean
    Networks networks(
            MachineHost machine,
            EgressPolicy egress,
            OptionPolicy options,
            SocketSettings settings,
            Isolation isolation) {
        SocketPolicy sockets = new SocketPolicy(false, settings.allow());
        return new Networks(machine, egress, options, sockets, isolation);
    }

    /** Depends on what its sessions' networks are made of, so that those end after it. */
    @Bean
    SessionRegistry sessionRegistry(
            SessionSettings settings,
            OpenFiles openFiles,
            SocketDirectories directories,
            Networks networks) {
        return new SessionRegistry(settings, openFiles, directories);
    }

    @Bean
    Inspector inspector(Kernel kernel) {
        return new Inspector(kernel);
    }

    @Bean
    SocketOptions socketOptions(Kernel kernel) {
        return new SocketOptions(kernel);
    }

    @Bean
    Calls calls(
            Kernel kernel,
            ReadinessLoop loop,
            OpenFiles openFiles,
            List<CallObserver> observers,
            SessionSettings settings) {
        return new Calls(kernel, loop, openFiles, new CallObservers(observers), settings);
    }
}
