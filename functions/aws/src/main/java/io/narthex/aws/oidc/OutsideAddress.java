package io.narthex.aws.oidc;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are of the internet at large. Others are of this machine, its link or its
 * network: credentials, the runtime's own API, and hosts that trust whoever reaches them are there.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA IPv4
 *     Special-Purpose Address Registry</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA IPv6
 *     Special-Purpose Address Registry</a>
 */
final class OutsideAddress {
  /** IPv4 blocks besides those that the JDK knows: first two bytes, and how many bits count. */
  private static final List<Block> INSIDE =
      List.of(
          new Block(0, 0, 8),
          new Block(100, 64, 10),
          new Block(192, 0, 24),
          new Block(198, 18, 15),
          new Block(240, 0, 4));

  private record Block(int first, int second, int bits) {
    boolean holds(byte[] address) {
      int block = (first << 24) | (second << 16);
      return (toInt(address) ^ block) >>> (32 - bits) == 0;
    }
  }

  private OutsideAddress() {}

  /** Whether an address is one. */
  static boolean is(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return switch (address) {
      case Inet4Address four -> INSIDE.stream().noneMatch(block -> block.holds(four.getAddress()));
      case Inet6Address six -> isOutside(six.getAddress());
      default -> false;
    };
  }

  /** Global unicast that is not the form of an IPv4 address, which a gateway may lead anywhere. */
  private static boolean isOutside(byte[] six) {
    boolean isGlobal = (six[0] & 0xe0) == 0x20;
    boolean isTeredo = toInt(six) == 0x20010000;
    boolean is6to4 = six[0] == 0x20 && six[1] == 0x02;
    return isGlobal && !isTeredo && !is6to4;
  }

  private static int toInt(byte[] address) {
    int value = 0;
    for (byte one : Arrays.copyOf(address, 4)) {
      value = (value << 8) | (one & 0xff);
    }
    return value;
  }
}
