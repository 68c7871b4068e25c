/** The OpenAPI document, and the page that shows it. Nothing else needs it. */
@NullMarked
package dev.socketlab.web.openapi;

import org.jspecify.annotations.NullMarked;
