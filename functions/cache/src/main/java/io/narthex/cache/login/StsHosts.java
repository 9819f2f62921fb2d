package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Where STS may be asked, and nowhere else, whatever a request names: AWS's own addresses in one
 * partition, or the one address of an emulator.
 *
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/sts.html">STS endpoints</a>
 */
public final class StsHosts {
  private static final String GLOBAL = "https://sts.amazonaws.com";
  private static final String GLOBAL_REGION = "us-east-1";
  private static final String PREFIX = "https://sts.";

  /** No bucket, user or service that customers make has such a name in front of amazonaws.com. */
  private static final Set<String> DIRECTIONS =
      Set.of(
          "north",
          "south",
          "east",
          "west",
          "central",
          "northeast",
          "northwest",
          "southeast",
          "southwest");

  private final String partition;
  private final Optional<String> emulator;

  private StsHosts(String partition, Optional<String> emulator) {
    this.partition = requireNonNull(partition, "partition is null");
    this.emulator = emulator;
  }

  /**
   * AWS's own.
   *
   * @param partition {@code aws}, {@code aws-cn} or {@code aws-us-gov}; in others nobody can log in
   */
  public static StsHosts aws(String partition) {
    return new StsHosts(partition, Optional.empty());
  }

  /**
   * Only that of an emulator, or of a laptop.
   *
   * @throws IllegalArgumentException if it is no http or https URL of a host alone
   */
  public static StsHosts at(URI endpoint) {
    String scheme = String.valueOf(endpoint.getScheme());
    if (endpoint.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("not an http or https URL with a host: " + endpoint);
    }
    if (endpoint.getRawUserInfo() != null || endpoint.getRawPath().length() > 1) {
      throw new IllegalArgumentException("an endpoint of STS has no user and no path");
    }
    return new StsHosts("aws", Optional.of(scheme + "://" + endpoint.getRawAuthority()));
  }

  /** The partition whose principals it knows, e.g. {@code aws}. */
  String partition() {
    return partition;
  }

  /**
   * The address that a request names.
   *
   * @param origin everything of its URL before the path
   */
  Optional<StsHost> find(String origin) {
    if (emulator.isPresent()) {
      return emulator.filter(origin::equals).map(at -> new StsHost(at, Optional.empty()));
    }
    if (origin.equals(GLOBAL)) {
      return Optional.of(new StsHost(origin, Optional.of(GLOBAL_REGION)))
          .filter(_ -> partition.equals("aws"));
    }
    return regionOf(origin)
        .filter(region -> partitionOf(region).equals(partition))
        .filter(region -> origin.equals(PREFIX + region + suffix()))
        .map(region -> new StsHost(origin, Optional.of(region)));
  }

  private static Optional<String> regionOf(String origin) {
    int end = origin.indexOf('.', PREFIX.length());
    return origin.startsWith(PREFIX) && end > 0
        ? Optional.of(origin.substring(PREFIX.length(), end)).filter(StsHosts::isRegion)
        : Optional.empty();
  }

  /** Whether a text is shaped as the name of a region, e.g. {@code ap-southeast-2}. */
  static boolean isRegion(String text) {
    String[] parts = text.split("-", -1);
    return (parts.length == 3 || (parts.length == 4 && parts[1].equals("gov")))
        && parts[0].length() == 2
        && parts[0].chars().allMatch(c -> c >= 'a' && c <= 'z')
        && DIRECTIONS.contains(parts[parts.length - 2])
        && parts[parts.length - 1].length() == 1
        && parts[parts.length - 1].charAt(0) >= '1'
        && parts[parts.length - 1].charAt(0) <= '9';
  }

  private static String partitionOf(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  private String suffix() {
    return partition.equals("aws-cn") ? ".amazonaws.com.cn" : ".amazonaws.com";
  }
}
