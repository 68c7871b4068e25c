/**
 * The session, which stands for a process: its file descriptors, epoll instances, directory, lists,
 * limits and life, and who looks at it from outside.
 */
@NullMarked
package dev.socketlab.session;

import org.jspecify.annotations.NullMarked;
