/**
 * Linux as C calls it: structures, addresses and the system calls, through {@code
 * java.lang.foreign}, netlink and /proc. The only user of native memory; it knows nothing of
 * sessions or of HTTP.
 */
@NullMarked
package dev.socketlab.linux;

import org.jspecify.annotations.NullMarked;
