package io.narthex.local.s3.wire;

import io.narthex.local.s3.access.Call;
import io.narthex.local.s3.model.PercentEncoding;
import io.narthex.local.s3.model.TagSet;
import io.narthex.policy.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The condition keys of a request that its sender and its headers decide. Everything else of {@code
 * aws:} and {@code s3:} is known to be absent, for this endpoint is in no organization, behind no
 * VPC endpoint and on no TLS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Condition
 *     keys of S3</a>
 */
final class RequestFacts {
  private static final Map<String, String> HEADERS =
      Map.ofEntries(
          Map.entry("s3:x-amz-acl", "x-amz-acl"),
          Map.entry("s3:x-amz-content-sha256", "x-amz-content-sha256"),
          Map.entry("s3:x-amz-metadata-directive", "x-amz-metadata-directive"),
          Map.entry("s3:x-amz-server-side-encryption", "x-amz-server-side-encryption"),
          Map.entry(
              "s3:x-amz-server-side-encryption-aws-kms-key-id",
              "x-amz-server-side-encryption-aws-kms-key-id"),
          Map.entry(
              "s3:x-amz-server-side-encryption-customer-algorithm",
              "x-amz-server-side-encryption-customer-algorithm"),
          Map.entry("s3:x-amz-storage-class", "x-amz-storage-class"),
          Map.entry("s3:if-match", "If-Match"),
          Map.entry("s3:if-none-match", "If-None-Match"),
          Map.entry("aws:UserAgent", "User-Agent"),
          Map.entry("aws:Referer", "Referer"));

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "s3:prefix", "prefix",
          "s3:delimiter", "delimiter",
          "s3:max-keys", "max-keys",
          "s3:versionid", "versionId");

  private final String accountId;
  private final Clock clock;

  RequestFacts(String accountId, Clock clock) {
    this.accountId = accountId;
    this.clock = clock;
  }

  RequestContext context(
      HttpServletRequest request, Route route, boolean signed, Optional<TagSet> tags) {
    Instant now = clock.instant();
    RequestContext.Builder keys =
        RequestContext.builder()
            .absentUnder("aws:")
            .absentUnder("s3:")
            .unknown("aws:userid")
            .value("aws:SourceIp", request.getRemoteAddr().replace("[", "").replace("]", ""))
            .value("aws:SecureTransport", "false")
            .value("aws:CurrentTime", now.toString())
            .value("aws:EpochTime", Long.toString(now.getEpochSecond()))
            .value("aws:ViaAWSService", "false")
            .value("aws:ResourceAccount", accountId)
            .value("s3:ResourceAccount", accountId);
    HEADERS.forEach(
        (key, header) -> first(request, header).ifPresent(value -> keys.value(key, value)));
    PARAMETERS.forEach(
        (key, name) -> route.query().first(name).ifPresent(value -> keys.value(key, value)));
    first(request, "x-amz-copy-source")
        .ifPresent(source -> keys.values("s3:x-amz-copy-source", copySource(source)));
    tags.ifPresent(requested -> Call.withRequestTags(keys, requested.tags()));
    if (signed) {
      keys.value("aws:PrincipalIsAWSService", "false");
      keys.value("s3:signatureversion", "AWS4-HMAC-SHA256");
      keys.value(
          "s3:authType",
          route.query().has("X-Amz-Algorithm") ? "REST-QUERY-STRING" : "REST-HEADER");
    }
    return keys.build();
  }

  /** Bucket and key of the source without a slash in front, which clients may send or leave out. */
  private static List<String> copySource(String header) {
    return List.of(PercentEncoding.decode(header).replaceFirst("^/", ""));
  }

  private static Optional<String> first(HttpServletRequest request, String header) {
    return Optional.ofNullable(request.getHeader(header));
  }
}
