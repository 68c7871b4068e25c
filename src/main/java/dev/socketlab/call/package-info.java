/**
 * System calls as data: the sealed family of calls, their parameters by name and kind, what they
 * answer, and the options and control messages that they carry.
 */
@NullMarked
package dev.socketlab.call;

import org.jspecify.annotations.NullMarked;
