/**
 * A form a call: from JSON, and the words of a URL or of the same JSON, to a {@link
 * dev.socketlab.call.Call}, with its defaults and checks.
 */
@NullMarked
package dev.socketlab.json.form;

import org.jspecify.annotations.NullMarked;
