package dev.socketlab.web.door;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the HTTP side takes.
 *
 * @param allowedHosts names, beside localhost and loopback addresses, under which the service may
 *     be asked (the Host header, without the port)
 * @param maxRequest the largest request body
 * @param headTimeout how long a request's head may take to arrive
 * @param bodyTimeout how long a request body may take to arrive, from its first byte to its last
 * @param defaultWait how long a blocking call waits when the request has no wait parameter
 * @param maxWait the longest wait a request may ask for
 * @param clientCheckInterval how often the kernel is asked whether the clients of waiting calls are
 *     still there
 */
@ConfigurationProperties("socketlab.web")
public record WebSettings(
        @DefaultValue List<String> allowedHosts,
        @DefaultValue("2MB") DataSize maxRequest,
        @DefaultValue("30s") Duration headTimeout,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("30s") Duration defaultWait,
        @DefaultValue("5m") Duration maxWait,
        @DefaultValue("500ms") Duration clientCheckInterval) {}
