package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A presigned {@code sts:GetCallerIdentity}, bound to a cache by a signed header: whoever sends it
 * to STS with that header learns whose credentials signed it, and can do nothing else. It never
 * prints.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html">Query
 *     parameters of Signature Version 4</a>
 */
public final class CallerIdentityUrl {
  /** The longest that such a URL may be good for. */
  public static final Duration MAX_LIFE = Duration.ofMinutes(15);

  private static final String ACTION = "Action";
  private static final String VERSION = "Version";
  private static final String ALGORITHM = "X-Amz-Algorithm";
  private static final String CREDENTIAL = "X-Amz-Credential";
  private static final String DATE = "X-Amz-Date";
  private static final String EXPIRES = "X-Amz-Expires";
  private static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";
  private static final String SIGNATURE = "X-Amz-Signature";
  private static final String SECURITY_TOKEN = "X-Amz-Security-Token";
  private static final Set<String> PARAMETERS =
      Set.of(
          ACTION,
          VERSION,
          ALGORITHM,
          CREDENTIAL,
          DATE,
          EXPIRES,
          SIGNED_HEADERS,
          SIGNATURE,
          SECURITY_TOKEN);

  private static final int MAX_LENGTH = 8192;
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

  private final URI uri;

  private CallerIdentityUrl(URI uri) {
    this.uri = requireNonNull(uri, "uri is null");
  }

  /**
   * Reads one.
   *
   * @param now it must not be expired
   * @throws RefusedUrlException if it is anything else, or for another address than these
   */
  public static CallerIdentityUrl parse(String text, StsHosts hosts, Instant now)
      throws RefusedUrlException {
    int path = text.indexOf('/', text.indexOf("://") + "://".length());
    if (text.length() > MAX_LENGTH || path < 0 || !text.startsWith("/?", path)) {
      throw new RefusedUrlException("it is not https://HOST/?QUERY");
    }
    String origin = text.substring(0, path);
    StsHost host =
        hosts
            .find(origin)
            .orElseThrow(() -> new RefusedUrlException("it does not go to STS as we know it"));
    UrlParameters parameters = UrlParameters.parse(text.substring(path + 2), PARAMETERS);
    require(parameters, host, now);
    return new CallerIdentityUrl(URI.create(host.origin() + "/?" + parameters.encode()));
  }

  private static void require(UrlParameters parameters, StsHost host, Instant now)
      throws RefusedUrlException {
    parameters.require(ACTION, "GetCallerIdentity");
    parameters.require(VERSION, "2011-06-15");
    parameters.require(ALGORITHM, "AWS4-HMAC-SHA256");
    parameters.require(SIGNED_HEADERS, "host;" + Audience.HEADER);
    requireSignature(parameters.required(SIGNATURE));
    requireScope(parameters.required(CREDENTIAL), parameters.required(DATE), host.region());
    requireFresh(instant(parameters.required(DATE)), life(parameters.required(EXPIRES)), now);
  }

  private static void requireSignature(String signature) throws RefusedUrlException {
    if (signature.length() != 64
        || !signature.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new RefusedUrlException(SIGNATURE + " is not 64 hexadecimal digits");
    }
  }

  /** {@code KEY-ID/DAY/REGION/sts/aws4_request}. */
  private static void requireScope(String credential, String date, Optional<String> region)
      throws RefusedUrlException {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5
        || !isKeyId(parts[0])
        || !date.startsWith(parts[1] + "T")
        || !StsHosts.isRegion(parts[2])
        || !parts[3].equals("sts")
        || !parts[4].equals("aws4_request")) {
      throw new RefusedUrlException(CREDENTIAL + " is not KEY-ID/DAY/REGION/sts/aws4_request");
    }
    if (!region.map(parts[2]::equals).orElse(true)) {
      throw new RefusedUrlException("it is signed for another region than it goes to");
    }
  }

  private static boolean isKeyId(String text) {
    return !text.isEmpty()
        && text.length() <= 128
        && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
  }

  private static void requireFresh(Instant signed, Duration life, Instant now)
      throws RefusedUrlException {
    if (now.isBefore(signed.minus(CLOCK_SKEW))) {
      throw new RefusedUrlException("it is of the future; look at the clock of your machine");
    }
    if (!now.isBefore(signed.plus(life))) {
      throw new RefusedUrlException("it has expired; look at the clock of your machine");
    }
  }

  private static Instant instant(String date) throws RefusedUrlException {
    try {
      return LocalDateTime.parse(date, BASIC).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new RefusedUrlException(DATE + " is not YYYYMMDDThhmmssZ");
    }
  }

  private static Duration life(String seconds) throws RefusedUrlException {
    boolean isNumber =
        !seconds.isEmpty()
            && seconds.length() <= 3
            && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
    Duration life = isNumber ? Duration.ofSeconds(Integer.parseInt(seconds)) : Duration.ZERO;
    if (life.isZero() || life.compareTo(MAX_LIFE) > 0) {
      throw new RefusedUrlException(EXPIRES + " is not 1 to " + MAX_LIFE.toSeconds());
    }
    return life;
  }

  /** Where to send a GET, with {@link Audience#HEADER}. */
  public URI uri() {
    return uri;
  }

  /** Where it goes; never its query. */
  @Override
  public String toString() {
    return uri.getScheme() + "://" + uri.getRawAuthority() + "/";
  }
}
