/**
 * What is done for each call of a session: looked up, judged, made on the kernel, and waited for
 * where the session's descriptor blocks.
 */
@NullMarked
package dev.socketlab.syscall;

import org.jspecify.annotations.NullMarked;
