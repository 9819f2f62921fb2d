package io.narthex.local.s3.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.narthex.local.s3.model.PercentEncoding;
import io.narthex.local.s3.model.Query;
import io.narthex.local.s3.model.S3Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Verifies Signature Version 4, in a header or a presigned URL. The path is verified as it was
 * received, and else as AWS would encode it, for clients differ in characters such as the colon. A
 * signature may be seen any number of times.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">Authenticating
 *     requests</a>
 */
public final class Authenticator {
  private static final Duration MAX_SKEW = Duration.ofMinutes(15);

  private final Map<String, S3User> users;
  private final Clock clock;

  /** Knows these users, and judges times by this clock. */
  public Authenticator(List<S3User> users, Clock clock) {
    this.users = users.stream().collect(Collectors.toMap(S3User::accessKeyId, Function.identity()));
    this.clock = clock;
  }

  /**
   * Who sent the request, and how its body is to be checked while it is read.
   *
   * @param user empty for an anonymous request
   */
  public record Authenticated(Optional<S3User> user, SignedBody body) {}

  /** Verifies a request; refuses with S3's codes. Does not read the body. */
  public Authenticated authenticate(HttpServletRequest request, Query query) {
    Optional<SignatureClaim> claim = SignatureClaim.of(request, query);
    if (claim.isEmpty()) {
      return new Authenticated(Optional.empty(), SignedBody.anonymous(request));
    }
    return verify(request, query, claim.get());
  }

  private Authenticated verify(HttpServletRequest request, Query query, SignatureClaim claim) {
    S3User user = user(claim);
    requireTime(claim);
    requireSignedHeaders(request, claim);
    SigningKey key = SigningKey.derive(user.secret(), claim.credential());
    CanonicalRequest canonical = new CanonicalRequest(request, query, claim);
    List<String> hashes = payloadHashes(request, claim);
    String path = request.getRequestURI();
    boolean good =
        Stream.of(path, PercentEncoding.encodePath(PercentEncoding.decode(path)))
            .distinct()
            .flatMap(p -> hashes.stream().map(hash -> key.sign(canonical.stringToSign(p, hash))))
            .anyMatch(expected -> same(expected, claim.signature()));
    if (!good) {
      throw new S3Refusal(
          403,
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided."
              + " Check the secret access key and the endpoint.");
    }
    return new Authenticated(Optional.of(user), SignedBody.of(request, claim, key));
  }

  private S3User user(SignatureClaim claim) {
    return Optional.ofNullable(users.get(claim.credential().accessKeyId()))
        .orElseThrow(
            () ->
                new S3Refusal(
                    403,
                    "InvalidAccessKeyId",
                    "The AWS Access Key Id you provided does not exist in our records."));
  }

  private void requireTime(SignatureClaim claim) {
    Instant now = clock.instant();
    if (!claim.timestamp().startsWith(claim.credential().date())) {
      throw new S3Refusal(
          403,
          "SignatureDoesNotMatch",
          "The date of the credential is not the date of the request.");
    }
    boolean early = claim.time().isAfter(now.plus(MAX_SKEW));
    boolean late = claim.time().plus(claim.expires().orElse(MAX_SKEW)).isBefore(now);
    if (claim.presigned() && late) {
      throw S3Refusal.accessDenied("Request has expired");
    }
    if (early || late) {
      throw new S3Refusal(
          403,
          "RequestTimeTooSkewed",
          "The difference between the request time and the server's time is too large: " + now);
    }
  }

  /** An unsigned header could have been added on the way. */
  private static void requireSignedHeaders(HttpServletRequest request, SignatureClaim claim) {
    for (String header : Collections.list(request.getHeaderNames())) {
      String name = header.toLowerCase(Locale.ROOT);
      boolean mustBeSigned = name.equals("host") || name.startsWith("x-amz-");
      if (mustBeSigned && !claim.signedHeaders().contains(name)) {
        throw S3Refusal.accessDenied(
            "There were headers present in the request which were not signed: " + name);
      }
    }
    if (!claim.signedHeaders().contains("host")) {
      throw S3Refusal.accessDenied("The header host is not signed.");
    }
  }

  private static List<String> payloadHashes(HttpServletRequest request, SignatureClaim claim) {
    Optional<String> header = Optional.ofNullable(request.getHeader(SignedBody.CONTENT_SHA256));
    if (claim.presigned()) {
      return Stream.concat(Stream.of(SignedBody.UNSIGNED), header.stream()).distinct().toList();
    }
    return List.of(
        header.orElseThrow(
            () ->
                new S3Refusal(
                    400,
                    "InvalidRequest",
                    "Missing required header for this request: x-amz-content-sha256")));
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(expected.getBytes(US_ASCII), given.getBytes(US_ASCII));
  }
}
