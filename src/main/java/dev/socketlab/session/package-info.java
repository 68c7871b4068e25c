/**
 * The session, which stands for a process: its file descriptors, limits and life, and how its calls
 * are made on the kernel.
 */
@NullMarked
package dev.socketlab.session;

import org.jspecify.annotations.NullMarked;
