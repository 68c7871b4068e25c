/**
 * Problem documents, RFC 9457, and the pages that explain their types: the one place where a
 * failure gets its status, its type and its words.
 */
@NullMarked
package dev.socketlab.web.problem;

import org.jspecify.annotations.NullMarked;
