/**
 * What an operator sees: meters for Micrometer, the Actuator endpoint of queues and buffers,
 * health. METRICS.md has each meter.
 */
@NullMarked
package dev.socketlab.metrics;

import org.jspecify.annotations.NullMarked;
