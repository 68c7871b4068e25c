/**
 * The networks of sessions: the machine's, or one of the session's own with its hosts, their names
 * and what waits before their listeners.
 */
@NullMarked
package dev.socketlab.network;

import org.jspecify.annotations.NullMarked;
