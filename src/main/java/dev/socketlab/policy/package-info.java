/**
 * What sessions may reach and use: addresses, kinds of socket, options, control messages, paths.
 * Every refusal of the service's policy is made here.
 */
@NullMarked
package dev.socketlab.policy;

import org.jspecify.annotations.NullMarked;
