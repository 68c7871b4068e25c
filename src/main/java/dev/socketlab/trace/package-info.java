/** Calls written for people to read. */
@NullMarked
package dev.socketlab.trace;

import org.jspecify.annotations.NullMarked;
