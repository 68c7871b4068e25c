/**
 * The words of the contract, without HTTP: constants by name, addresses, encodings, and what is
 * said of JSON that cannot be read.
 */
@NullMarked
package dev.socketlab.json;

import org.jspecify.annotations.NullMarked;
