package io.narthex.local.s3.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.narthex.local.s3.access.Caller;
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
import java.util.Optional;
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

  private static final String S3 = "s3";

  private final AccessKeys users;
  private final Clock clock;

  /** Knows these users, and judges times by this clock. */
  public Authenticator(AccessKeys users, Clock clock) {
    this.users = users;
    this.clock = clock;
  }

  /**
   * A signature that was verified.
   *
   * @param user whose it is
   * @param time when it was made
   * @param presigned whether it was in a URL
   */
  public record Signature(S3User user, Instant time, boolean presigned) {}

  /**
   * Who sent the request, and how its body is to be checked while it is read.
   *
   * @param signature empty for an anonymous request
   */
  public record Authenticated(Optional<Signature> signature, SignedBody body) {
    /** The caller that is proved. */
    public Caller caller() {
      return signature.map(signed -> signed.user().caller()).orElse(Caller.ANONYMOUS);
    }
  }

  /** Verifies a request; refuses with S3's codes. Does not read the body. */
  public Authenticated authenticate(HttpServletRequest request, Query query) {
    Optional<SignatureClaim> claim = SignatureClaim.of(request, query);
    if (claim.isEmpty()) {
      return new Authenticated(Optional.empty(), SignedBody.anonymous(request));
    }
    requireService(claim.get(), S3);
    requireTime(claim.get(), claim.get().expires());
    Verified verified = verify(request, query, claim.get(), payloadHashes(request, claim.get()));
    return new Authenticated(
        Optional.of(new Signature(verified.user(), claim.get().time(), claim.get().presigned())),
        SignedBody.of(request, claim.get(), verified.key()));
  }

  /**
   * Who sent a request to another service, by whose rules the signature is over the hash of the
   * body, and good for a quarter of an hour; empty where nobody has signed.
   *
   * @param body the whole of it
   */
  public Optional<S3User> authenticate(
      HttpServletRequest request, Query query, String service, byte[] body) {
    Optional<SignatureClaim> signed = SignatureClaim.of(request, query);
    if (signed.isEmpty()) {
      return Optional.empty();
    }
    SignatureClaim claim = signed.get();
    requireService(claim, service);
    requireTime(claim, claim.expires().filter(expires -> expires.compareTo(MAX_SKEW) < 0));
    return Optional.of(verify(request, query, claim, List.of(Sha256.hex(body))).user());
  }

  private static void requireService(SignatureClaim claim, String service) {
    if (!claim.credential().service().equals(service)) {
      throw new S3Refusal(
          400,
          "AuthorizationHeaderMalformed",
          "The signature is for the service %s, not %s."
              .formatted(claim.credential().service(), service));
    }
  }

  /** Whose signature it is, and the key that it was made with. */
  private record Verified(S3User user, SigningKey key) {}

  private Verified verify(
      HttpServletRequest request, Query query, SignatureClaim claim, List<String> hashes) {
    S3User user = user(claim);
    requireSignedHeaders(request, claim);
    SigningKey key = SigningKey.derive(user.secret(), claim.credential());
    CanonicalRequest canonical = new CanonicalRequest(request, query, claim);
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
    return new Verified(user, key);
  }

  private S3User user(SignatureClaim claim) {
    return users
        .find(claim.credential().accessKeyId())
        .orElseThrow(
            () ->
                new S3Refusal(
                    403,
                    "InvalidAccessKeyId",
                    "The AWS Access Key Id you provided does not exist in our records."));
  }

  /** Good for the time that a presigned URL says, or that a clock may differ by. */
  private void requireTime(SignatureClaim claim, Optional<Duration> expires) {
    Instant now = clock.instant();
    if (!claim.timestamp().startsWith(claim.credential().date())) {
      throw new S3Refusal(
          403,
          "SignatureDoesNotMatch",
          "The date of the credential is not the date of the request.");
    }
    boolean early = claim.time().isAfter(now.plus(MAX_SKEW));
    boolean late = claim.time().plus(expires.orElse(MAX_SKEW)).isBefore(now);
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
