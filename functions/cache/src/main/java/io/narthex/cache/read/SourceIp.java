package io.narthex.cache.read;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/** Addresses of callers as policies compare them. */
final class SourceIp {
  private SourceIp() {}

  /**
   * An IPv4 address that comes as an IPv6 one ({@code ::ffff:198.51.100.7}) as what it is; any
   * other as it is, without a zone. Empty for what is no address.
   */
  static Optional<String> normal(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    try {
      return InetAddress.ofLiteral(address) instanceof Inet4Address four
          ? Optional.of(four.getHostAddress())
          : Optional.of(address);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
