/**
 * System calls as data: the sealed family of calls, what they answer, the options they can be asked
 * about, and how bytes are written in text.
 */
@NullMarked
package dev.socketlab.call;

import org.jspecify.annotations.NullMarked;
