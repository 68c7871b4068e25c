/**
 * Calls in JSON, without HTTP: read by the name of their C function, and written as they are read,
 * from the list of their parameters.
 */
@NullMarked
package dev.socketlab.json;

import org.jspecify.annotations.NullMarked;
