package io.narthex.local.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;

/**
 * How the front listens and how much it does at once.
 *
 * @param port on 127.0.0.1; 0 for any free one
 * @param names that it answers to
 * @param functionName told to the handler by its context
 * @param concurrency calls of the handler at once
 * @param queue requests that may wait for a call; the next one is answered with 503
 * @param timeout of one call, and of one wait in the queue; an HTTP API has 30 s
 * @param grace how long {@link HttpFront#close} waits for requests
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html">Quotas
 *     of HTTP APIs</a>
 */
public record HttpFrontConfig(
    int port,
    HostNames names,
    String functionName,
    int concurrency,
    int queue,
    Duration timeout,
    Duration grace,
    Clock clock) {
  private static final int MAX_PORT = 65_535;
  private static final int CONCURRENCY = 64;
  private static final int QUEUE = 256;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);

  public HttpFrontConfig {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("no port: " + port);
    }
    requireNonNull(names, "names is null");
    requireNonNull(functionName, "functionName is null");
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency below 1: " + concurrency);
    }
    if (queue < 0) {
      throw new IllegalArgumentException("queue below 0: " + queue);
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout not positive: " + timeout);
    }
    if (!grace.isPositive()) {
      throw new IllegalArgumentException("grace not positive: " + grace);
    }
    requireNonNull(clock, "clock is null");
  }

  /** What a laptop needs: 64 calls at once, 256 waiting, the time of an HTTP API. */
  public static HttpFrontConfig onPort(int port, HostNames names, String functionName) {
    return new HttpFrontConfig(
        port, names, functionName, CONCURRENCY, QUEUE, TIMEOUT, GRACE, Clock.systemUTC());
  }
}
