package io.narthex.local.s3.auth;

import io.narthex.local.s3.model.Query;
import io.narthex.local.s3.model.S3Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signature that a request says it has, in its {@code Authorization} header or in its query;
 * nothing of it is verified yet.
 *
 * @param credential whose key
 * @param signedHeaders lower-case names, as the request orders them
 * @param signature 64 hex digits
 * @param time when it was signed
 * @param expires how long a presigned URL is good for; empty for a header
 */
record SignatureClaim(
    Credential credential,
    List<String> signedHeaders,
    String signature,
    Instant time,
    Optional<Duration> expires) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final long MAX_EXPIRES = 604_800;

  SignatureClaim {
    signedHeaders = List.copyOf(signedHeaders);
  }

  boolean presigned() {
    return expires.isPresent();
  }

  /** The signing time as the string to sign has it. */
  String timestamp() {
    return TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  /**
   * What a request claims; empty for an anonymous one. Refuses what is malformed, and the old
   * signature version.
   */
  static Optional<SignatureClaim> of(HttpServletRequest request, Query query) {
    Optional<String> header = authorization(request);
    boolean presigned = query.has("X-Amz-Algorithm");
    if (header.isPresent() && (presigned || query.has("Signature"))) {
      throw S3Refusal.invalidArgument(
          "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature"
              + " query string parameter or the Authorization header should be specified");
    }
    if (header.filter(h -> h.startsWith("AWS ")).isPresent() || query.has("AWSAccessKeyId")) {
      throw new S3Refusal(
          400,
          "InvalidRequest",
          "The authorization mechanism you have provided is not supported. Please use "
              + ALGORITHM
              + ".");
    }
    if (header.filter(h -> !h.startsWith(ALGORITHM)).isPresent()) {
      throw S3Refusal.invalidArgument("Unsupported Authorization Type");
    }
    return header.isPresent()
        ? header.map(h -> fromHeader(h, request))
        : presigned ? Optional.of(fromQuery(query)) : Optional.empty();
  }

  // Of two, whoever is between us and the sender may have believed the other.
  private static Optional<String> authorization(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    if (headers.size() > 1) {
      throw S3Refusal.invalidArgument("There is more than one Authorization header");
    }
    return headers.stream().findFirst();
  }

  private static SignatureClaim fromHeader(String header, HttpServletRequest request) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return new SignatureClaim(
        Credential.parse(required(Optional.ofNullable(parts.get("Credential")), "Credential")),
        names(required(Optional.ofNullable(parts.get("SignedHeaders")), "SignedHeaders")),
        required(Optional.ofNullable(parts.get("Signature")), "Signature"),
        time(Optional.ofNullable(request.getHeader("x-amz-date"))),
        Optional.empty());
  }

  private static SignatureClaim fromQuery(Query query) {
    if (!query.first("X-Amz-Algorithm").equals(Optional.of(ALGORITHM))) {
      throw malformedQuery("X-Amz-Algorithm only supports " + ALGORITHM);
    }
    return new SignatureClaim(
        Credential.parse(required(query.first("X-Amz-Credential"), "X-Amz-Credential")),
        names(required(query.first("X-Amz-SignedHeaders"), "X-Amz-SignedHeaders")),
        required(query.first("X-Amz-Signature"), "X-Amz-Signature"),
        time(query.first("X-Amz-Date")),
        Optional.of(expires(required(query.first("X-Amz-Expires"), "X-Amz-Expires"))));
  }

  private static Duration expires(String seconds) {
    if (!seconds.matches("[0-9]{1,6}") || Long.parseLong(seconds) > MAX_EXPIRES) {
      throw malformedQuery("X-Amz-Expires must be a number of seconds of at most a week");
    }
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  private static List<String> names(String joined) {
    return List.of(joined.split(";"));
  }

  private static Instant time(Optional<String> text) {
    try {
      return LocalDateTime.parse(text.orElse(""), TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw S3Refusal.accessDenied("AWS authentication requires a valid Date or x-amz-date header");
    }
  }

  private static String required(Optional<String> value, String name) {
    return value
        .filter(v -> !v.isEmpty())
        .orElseThrow(
            () ->
                new S3Refusal(
                    400, "AuthorizationHeaderMalformed", "The authorization lacks " + name));
  }

  private static S3Refusal malformedQuery(String message) {
    return new S3Refusal(400, "AuthorizationQueryParametersError", message);
  }
}
