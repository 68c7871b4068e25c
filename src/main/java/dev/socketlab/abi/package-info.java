/**
 * Names and numbers as Linux has them: the families of C constants, each after its header, and the
 * errnos. No behaviour but the way from a name to its number and back.
 */
@NullMarked
package dev.socketlab.abi;

import org.jspecify.annotations.NullMarked;
