/*
 * The other side of SwitchRatio: a switch in C on TAP interfaces that another process made, and what
 * loads them.
 *
 *   switch carry PID TAP TAP SECONDS    carries frames between two fds of that process, which learns
 *                                       MAC addresses as the service's switch does
 *   switch load PID NS NS SECONDS       sends UDP datagrams of 64 bytes from 10.0.0.1 in the network
 *                                       namespace of one fd to 10.0.0.2 in the other's for so long; prints
 *                                       how many frames the interface there received a second
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define TURN 64
#define SLOTS 256

static void die(const char *what) {
    perror(what);
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static struct { uint64_t mac; int fd; } table[SLOTS];

static uint64_t mac(const unsigned char *bytes) {
    uint64_t address = 0;
    for (int i = 0; i < 6; i++) address = address << 8 | bytes[i];
    return address;
}

static unsigned slot(uint64_t address) { return (address * 0x9e3779b97f4a7c15u) >> 56; }

static void carry(int pid, const int *remote, double seconds) {
    int taps[2];
    int process = syscall(SYS_pidfd_open, pid, 0);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < 2; i++) {
        taps[i] = syscall(SYS_pidfd_getfd, process, remote[i], 0);
        if (taps[i] < 0) die("pidfd_getfd");
        struct epoll_event event = {.events = EPOLLIN, .data.fd = taps[i]};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, taps[i], &event) < 0) die("epoll_ctl");
    }
    static unsigned char frame[1 << 16];
    for (double end = now() + seconds; now() < end;) {
        struct epoll_event events[2];
        int ready = epoll_wait(epoll, events, 2, 100);
        for (int e = 0; e < ready; e++) {
            int from = events[e].data.fd;
            for (int i = 0; i < TURN; i++) {
                ssize_t length = read(from, frame, sizeof frame);
                if (length < 14) break;
                uint64_t source = mac(frame + 6), destination = mac(frame);
                table[slot(source)].mac = source;
                table[slot(source)].fd = from;
                int known = !(frame[0] & 1) && table[slot(destination)].mac == destination;
                for (int t = 0; t < 2; t++) {
                    int to = taps[t];
                    if (to == from || (known && to != table[slot(destination)].fd)) continue;
                    if (write(to, frame, length) < 0 && errno != EAGAIN && errno != EIO) die("write");
                }
            }
        }
    }
}

static int namespace(int pid, int fd) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, fd);
    int opened = open(path, O_RDONLY | O_CLOEXEC);
    if (opened < 0) die(path);
    return opened;
}

static long received(int namespace) {
    if (setns(namespace, CLONE_NEWNET) < 0) die("setns");
    FILE *devices = fopen("/proc/thread-self/net/dev", "r");
    char line[512];
    long packets = -1;
    while (devices && fgets(line, sizeof line, devices)) {
        char *colon = strchr(line, ':');
        if (colon && strstr(line, "eth0")) sscanf(colon + 1, "%*d %ld", &packets);
    }
    if (devices) fclose(devices);
    if (packets < 0) die("eth0");
    return packets;
}

static void load(int pid, const int *fds, double seconds) {
    int from = namespace(pid, fds[0]), to = namespace(pid, fds[1]);
    if (setns(from, CLONE_NEWNET) < 0) die("setns");
    int socket_fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in own = {.sin_family = AF_INET};
    inet_pton(AF_INET, "10.0.0.1", &own.sin_addr);
    if (bind(socket_fd, (struct sockaddr *)&own, sizeof own) < 0) { /* the other one is 10.0.0.1 */
        const int swapped[] = {fds[1], fds[0]};
        close(socket_fd);
        load(pid, swapped, seconds);
        return;
    }
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(9)};
    inet_pton(AF_INET, "10.0.0.2", &peer.sin_addr);
    if (connect(socket_fd, (struct sockaddr *)&peer, sizeof peer) < 0) die("connect");
    char datagram[64] = {0};
    long before = received(to);
    double begin = now();
    while (now() < begin + seconds)
        for (int i = 0; i < 100; i++) send(socket_fd, datagram, sizeof datagram, 0);
    double took = now() - begin;
    printf("%.0f\n", (received(to) - before) / took);
}

int main(int argc, char **argv) {
    if (argc != 6) return 2;
    int fds[] = {atoi(argv[3]), atoi(argv[4])};
    if (!strcmp(argv[1], "carry")) carry(atoi(argv[2]), fds, atof(argv[5]));
    else load(atoi(argv[2]), fds, atof(argv[5]));
    return 0;
}
