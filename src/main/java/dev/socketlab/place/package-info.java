/**
 * Threads that do something elsewhere, in another network namespace or another directory, so that
 * no other thread of the service ever has to go there.
 */
@NullMarked
package dev.socketlab.place;

import org.jspecify.annotations.NullMarked;
