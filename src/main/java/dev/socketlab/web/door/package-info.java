/**
 * What every request passes before it is a call's: whose name it came under, which page sent it,
 * how large it is and how long it takes, what its client accepts.
 */
@NullMarked
package dev.socketlab.web.door;

import org.jspecify.annotations.NullMarked;
