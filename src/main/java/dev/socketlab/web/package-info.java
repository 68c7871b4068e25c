/**
 * HTTP: the routes of the contract, how requests become calls and results become answers, and what
 * guards the door.
 */
@NullMarked
package dev.socketlab.web;

import org.jspecify.annotations.NullMarked;
