package dev.socketlab.linux;

import java.util.List;

/**
 * What sendmsg(2) sends: struct msghdr.
 *
 * @param name msg_name, a whole struct sockaddr; empty for none
 * @param iov the buffers, in their order
 * @param control msg_control
 */
public record Message(byte[] name, List<byte[]> iov, List<ControlMessage> control) {}
