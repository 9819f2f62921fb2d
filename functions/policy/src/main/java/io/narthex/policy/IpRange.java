package io.narthex.policy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * The addresses that begin with the same bits; a single one has all of its bits. An IPv4 address
 * that is written as one of IPv6 is that IPv4 address.
 */
final class IpRange {
  private final byte[] address;
  private final int bits;

  private IpRange(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /** A single address; empty for a text that is none. Names are not looked up. */
  static Optional<IpRange> address(String text) {
    if (!looksLikeAddress(text)) {
      return Optional.empty();
    }
    try {
      byte[] address = InetAddress.ofLiteral(text).getAddress();
      return Optional.of(new IpRange(address, address.length * Byte.SIZE));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** An address, or one with a number of bits, e.g. {@code 203.0.113.0/24}. */
  static Optional<IpRange> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return address(text);
    }
    return address(text.substring(0, slash))
        .flatMap(single -> single.shortened(text.substring(slash + 1)));
  }

  private Optional<IpRange> shortened(String length) {
    return Optional.of(length)
        .filter(digits -> digits.length() <= 3 && Numbers.isDigits(digits, 0, digits.length()))
        .map(Integer::parseInt)
        .filter(wanted -> wanted <= bits)
        .map(wanted -> new IpRange(address, wanted));
  }

  // Four numbers or colons: "1.2" and zones are something else to those who write policies.
  private static boolean looksLikeAddress(String text) {
    return text.length() <= 45
        && text.indexOf('%') < 0
        && (text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3);
  }

  /** Whether the other address is one of these; one of the other family never is. */
  boolean contains(IpRange other) {
    if (address.length != other.address.length || other.bits < bits) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    return Arrays.equals(address, 0, whole, other.address, 0, whole)
        && (rest == 0
            || ((address[whole] ^ other.address[whole]) & 0xff) >> (Byte.SIZE - rest) == 0);
  }

  /** Whether at least so many bits are given, by the family of the addresses. */
  boolean isNoBroaderThan(int v4Bits, int v6Bits) {
    return bits >= (address.length == 4 ? v4Bits : v6Bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpRange that
        && bits == that.bits
        && Arrays.equals(address, that.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }
}
