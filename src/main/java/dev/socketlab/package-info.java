/** The application: its start, and its parts put together. */
@NullMarked
package dev.socketlab;

import org.jspecify.annotations.NullMarked;
