/**
 * The words of the contract: constants by name, addresses, options, control messages and bytes as
 * JSON has them, what is answered for a result, and what is said of JSON that cannot be read.
 */
@NullMarked
package dev.socketlab.json.value;

import org.jspecify.annotations.NullMarked;
