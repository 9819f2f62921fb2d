package io.narthex.cache.read;

import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.policy.RequestContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The condition keys of a read through our door. What is not mentioned here is unknown, and so
 * never allows and always denies. Keys about a signature are absent: the caller signed nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Condition
 *     keys for Amazon S3</a>
 */
final class ReadContext {
  static final String EXISTING_TAG = "s3:ExistingObjectTag/";

  private static final List<String> ONLY_BY_VPC_ENDPOINT =
      List.of(
          "aws:VpcSourceIp",
          "aws:SourceVpc",
          "aws:SourceVpcArn",
          "aws:SourceVpce",
          "aws:VpceAccount",
          "aws:VpceOrgID",
          "aws:VpceOrgPaths");
  private static final List<String> ONLY_OF_KNOWN_CALLERS =
      List.of(
          "aws:PrincipalOrgID",
          "aws:PrincipalOrgPaths",
          "aws:TokenIssueTime",
          "aws:MultiFactorAuthPresent",
          "aws:MultiFactorAuthAge",
          "aws:FederatedProvider",
          "aws:SourceIdentity");
  private static final List<String> ONLY_BETWEEN_SERVICES =
      List.of("aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths");

  private final RequestContext.Builder context;

  private ReadContext(CacheBucket bucket, Caller caller, Instant now) {
    context =
        RequestContext.builder()
            .absentUnder("s3:")
            .value("s3:ResourceAccount", bucket.account())
            .unknown("s3:TlsVersion")
            .unknownUnder("s3:BucketTag/")
            .value("aws:SecureTransport", Boolean.toString(caller.secureTransport()))
            .value("aws:CurrentTime", now.toString())
            .value("aws:EpochTime", Long.toString(now.getEpochSecond()))
            .value("aws:PrincipalIsAWSService", "false")
            .value("aws:ViaAWSService", "false");
    optional("aws:SourceIp", caller.sourceIp());
    optional("aws:UserAgent", caller.userAgent());
    optional("aws:Referer", caller.referer());
    ONLY_BY_VPC_ENDPOINT.forEach(context::absent);
    ONLY_BETWEEN_SERVICES.forEach(context::absent);
    if (caller.isAnonymous()) {
      context.value("aws:userid", "anonymous").absentUnder("aws:PrincipalTag/");
      ONLY_OF_KNOWN_CALLERS.forEach(context::absent);
    }
  }

  /** Of a read of an object that has exactly these tags. */
  static RequestContext tagged(CacheBucket bucket, Caller caller, Instant now, Tags tags) {
    RequestContext.Builder context = new ReadContext(bucket, caller, now).context;
    tags.values().forEach((tag, value) -> context.value(EXISTING_TAG + tag, value));
    return context.build();
  }

  /** Of a read of an object that is verified; whether it has other tags is unknown. */
  static RequestContext verified(CacheBucket bucket, Caller caller, Instant now) {
    return new ReadContext(bucket, caller, now)
        .context
        .unknownUnder(EXISTING_TAG)
        .value(EXISTING_TAG + VerdictTag.KEY, VerdictTag.VERIFIED.toString())
        .build();
  }

  /** Of a listing of the whole bucket, which has no tags. */
  static RequestContext listing(CacheBucket bucket, Caller caller, Instant now) {
    return new ReadContext(bucket, caller, now).context.build();
  }

  private void optional(String key, Optional<String> value) {
    value.ifPresentOrElse(v -> context.value(key, v), () -> context.absent(key));
  }
}
