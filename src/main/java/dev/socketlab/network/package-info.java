/** What sessions may reach: addresses, protocols and options that the service's policy allows. */
@NullMarked
package dev.socketlab.network;

import org.jspecify.annotations.NullMarked;
