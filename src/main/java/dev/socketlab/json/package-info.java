/**
 * Calls in JSON, without HTTP: read by the name of their C function, and written by the C names of
 * their parameters.
 */
@NullMarked
package dev.socketlab.json;

import org.jspecify.annotations.NullMarked;
