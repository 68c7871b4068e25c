/*
 * The other side of Sessions: makes and ends two hosts, each a network namespace with lo and a TAP
 * interface that have the addresses and sysctls which the service gives them, by ioctl, one after the
 * other in one thread, without a service around it.
 *
 *   hosts COUNT   prints the median microseconds of making and of ending both, of so many rounds
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct in6_ifreq { struct in6_addr addr; unsigned prefixlen; int index; };
struct host { int namespace, tap; };

static const char *const SYSCTLS[] = {
    "ipv4/ip_unprivileged_port_start", "ipv6/conf/default/accept_dad",
    "ipv6/conf/default/dad_transmits", "ipv6/conf/default/router_solicitations",
    "ipv6/conf/default/accept_ra", "ipv6/conf/default/autoconf",
    "ipv6/conf/default/mldv2_unsolicited_report_interval"};

static void check(int result, const char *what) {
    if (result < 0) { perror(what); exit(1); }
}

static double micros(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static void address(struct ifreq *request, const char *text) {
    struct sockaddr_in *inet = (struct sockaddr_in *)&request->ifr_addr;
    inet->sin_family = AF_INET;
    inet_pton(AF_INET, text, &inet->sin_addr);
}

static struct host make(int number) {
    struct host host;
    check(unshare(CLONE_NEWNET), "unshare");
    host.namespace = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    for (size_t i = 0; i < sizeof SYSCTLS / sizeof *SYSCTLS; i++) {
        char path[128];
        snprintf(path, sizeof path, "/proc/sys/net/%s", SYSCTLS[i]);
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        check(write(fd, "0", 1), path);
        close(fd);
    }
    int inet = socket(AF_INET, SOCK_DGRAM, 0), inet6 = socket(AF_INET6, SOCK_DGRAM, 0);
    struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    check(ioctl(inet, SIOCSIFFLAGS, &lo), "lo");
    host.tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    struct ifreq eth0 = {.ifr_name = "eth0", .ifr_flags = IFF_TAP | IFF_NO_PI};
    check(ioctl(host.tap, TUNSETIFF, &eth0), "TUNSETIFF");
    char text[32];
    snprintf(text, sizeof text, "10.0.0.%d", number);
    address(&eth0, text);
    check(ioctl(inet, SIOCSIFADDR, &eth0), "SIOCSIFADDR");
    address(&eth0, "255.255.255.0");
    check(ioctl(inet, SIOCSIFNETMASK, &eth0), "SIOCSIFNETMASK");
    eth0.ifr_flags = IFF_UP;
    check(ioctl(inet, SIOCSIFFLAGS, &eth0), "SIOCSIFFLAGS");
    check(ioctl(inet, SIOCGIFINDEX, &eth0), "SIOCGIFINDEX");
    struct in6_ifreq ipv6 = {.prefixlen = 64, .index = eth0.ifr_ifindex};
    snprintf(text, sizeof text, "fd00::%d", number);
    inet_pton(AF_INET6, text, &ipv6.addr);
    check(ioctl(inet6, SIOCSIFADDR, &ipv6), "SIOCSIFADDR of IPv6");
    close(inet);
    close(inet6);
    return host;
}

static void end(struct host host) {
    ioctl(host.tap, TUNSETPERSIST, 1);
    close(host.tap);
    close(host.namespace);
}

static int ascending(const void *a, const void *b) {
    return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b);
}

int main(int argc, char **argv) {
    int count = argc > 1 ? atoi(argv[1]) : 100;
    int rest = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    double *making = calloc(count, sizeof *making), *ending = calloc(count, sizeof *ending);
    for (int i = 0; i < count; i++) {
        double begin = micros();
        struct host client = make(1), server = make(2);
        double made = micros();
        check(setns(rest, CLONE_NEWNET), "setns");
        end(client);
        end(server);
        making[i] = made - begin;
        ending[i] = micros() - made;
    }
    qsort(making, count, sizeof *making, ascending);
    qsort(ending, count, sizeof *ending, ascending);
    printf("%.0f %.0f\n", making[count / 2], ending[count / 2]);
    return 0;
}
