/** Waiting until a file descriptor is ready, without a thread for each wait. */
@NullMarked
package dev.socketlab.readiness;

import org.jspecify.annotations.NullMarked;
