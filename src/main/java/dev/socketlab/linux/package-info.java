/**
 * Linux as C sees it: constants, structures, addresses and the system calls, through {@code
 * java.lang.foreign}. Names here are spelled as the headers and man pages spell them. The only user
 * of native memory; it knows nothing of sessions or of HTTP.
 */
@NullMarked
package dev.socketlab.linux;

import org.jspecify.annotations.NullMarked;
