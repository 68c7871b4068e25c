/**
 * What joins the hosts of a session: a switch, and the loop that carries the frames of all of them.
 */
@NullMarked
package dev.socketlab.wire;

import org.jspecify.annotations.NullMarked;
