/**
 * How a refusal is said: a code with arguments, which become words in the reader's language where
 * the answer is written.
 */
@NullMarked
package dev.socketlab.refusal;

import org.jspecify.annotations.NullMarked;
