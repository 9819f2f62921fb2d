package io.narthex.local.endpoint;

import static java.util.Objects.requireNonNull;

/**
 * Where notifications are taken.
 *
 * @param host the address to listen on, e.g. {@code 127.0.0.1}
 * @param port 0 for any free one
 * @param secret what a sender must know
 */
public record WebhookConfig(String host, int port, WebhookSecret secret) {
  private static final int MAX_PORT = 65_535;

  public WebhookConfig {
    requireNonNull(secret, "secret is null");
    if (host.isEmpty()) {
      throw new IllegalArgumentException("no address to listen on");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  /**
   * Reads {@code HOST:PORT}, an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static WebhookConfig parse(String address, WebhookSecret secret) {
    int colon = address.lastIndexOf(':');
    if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("not HOST:PORT: " + address);
    }
    return new WebhookConfig(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), secret);
  }
}
