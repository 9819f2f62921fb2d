package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Identity;
import io.narthex.cache.principal.KnownAccount;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.FederatedUser;
import io.narthex.policy.RequestContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The condition keys of reads through our door. What is not mentioned here is unknown, and so never
 * allows and always denies. Keys about a signature are absent: the caller signed nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Condition
 *     keys for Amazon S3</a>
 */
final class ReadContexts {
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
  private static final List<String> ONLY_BETWEEN_SERVICES =
      List.of("aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths");
  private static final List<String> ONLY_OF_ORGANIZATIONS =
      List.of("aws:PrincipalOrgID", "aws:PrincipalOrgPaths");
  private static final List<String> ONLY_OF_SESSIONS =
      List.of(
          "aws:MultiFactorAuthPresent",
          "aws:MultiFactorAuthAge",
          "aws:FederatedProvider",
          "aws:SourceIdentity");

  private static final List<String> ONLY_OF_LISTINGS =
      List.of("s3:prefix", "s3:delimiter", "s3:max-keys");

  private final RequestContext ofAll;
  private final RequestContext ofAnybody;
  private final RequestContext ofAnybodyVerified;

  /** The contexts of requests about this bucket. */
  ReadContexts(CacheBucket bucket) {
    requireNonNull(bucket, "bucket is null");
    RequestContext.Builder all =
        RequestContext.builder()
            .absentUnder("s3:")
            .value("s3:ResourceAccount", bucket.account().digits())
            .unknown("s3:TlsVersion")
            .unknownUnder("s3:BucketTag/")
            .value("aws:ResourceAccount", bucket.account().digits())
            .value("aws:ViaAWSService", "false");
    ONLY_BY_VPC_ENDPOINT.forEach(all::absent);
    ONLY_BETWEEN_SERVICES.forEach(all::absent);
    this.ofAll = all.build();
    RequestContext.Builder anybody = ofAll.toBuilder().value("aws:SecureTransport", "true");
    anonymous(anybody);
    this.ofAnybody = anybody.build();
    this.ofAnybodyVerified = tagged(anybody, Optional.empty()).build();
  }

  /**
   * Of a read of an object with exactly these tags; without them, of one that is verified and may
   * have any others.
   */
  RequestContext object(Asking asking, Optional<Tags> tags) {
    return tagged(request(asking), tags).build();
  }

  /**
   * Of a listing of the bucket, which has no tags. Nobody lists here: what a caller would ask for
   * is unknown.
   */
  RequestContext listing(Asking asking) {
    RequestContext.Builder context = request(asking);
    ONLY_OF_LISTINGS.forEach(context::unknown);
    return context.build();
  }

  /**
   * Of a read by nobody in particular, of whom nothing is known but that it comes over TLS: what is
   * allowed then is allowed to everyone who sends no credentials, from anywhere and at any time.
   */
  RequestContext byAnybody(Optional<Tags> tags) {
    return tags.isEmpty() ? ofAnybodyVerified : tagged(ofAnybody.toBuilder(), tags).build();
  }

  private static RequestContext.Builder tagged(
      RequestContext.Builder context, Optional<Tags> tags) {
    if (tags.isPresent()) {
      tags.get().values().forEach((tag, value) -> context.value(EXISTING_TAG + tag, value));
      return context;
    }
    return context
        .unknownUnder(EXISTING_TAG)
        .value(EXISTING_TAG + VerdictTag.KEY, VerdictTag.VERIFIED.toString());
  }

  private RequestContext.Builder request(Asking asking) {
    Caller caller = asking.caller();
    RequestContext.Builder context = ofAll.toBuilder();
    context.value("aws:SecureTransport", Boolean.toString(caller.secureTransport()));
    context.value("aws:CurrentTime", asking.now().toString());
    context.value("aws:EpochTime", Long.toString(asking.now().getEpochSecond()));
    // A caller comes from somewhere, also where we are not told.
    caller
        .sourceIp()
        .flatMap(SourceIp::normal)
        .ifPresent(address -> context.value("aws:SourceIp", address));
    orAbsent(context, "aws:UserAgent", caller.userAgent());
    orAbsent(context, "aws:Referer", caller.referer());
    if (caller.isAnonymous()) {
      anonymous(context);
    } else {
      known(context, caller.identity());
      asking.account().ifPresent(account -> ofAccount(context, account));
    }
    return context;
  }

  private static void anonymous(RequestContext.Builder context) {
    context.value("aws:userid", "anonymous").absentUnder("aws:PrincipalTag/");
    // Of requests that somebody has signed, and so of those that come with credentials here.
    context.absent("aws:PrincipalIsAWSService");
    context.absent("aws:TokenIssueTime");
    ONLY_OF_ORGANIZATIONS.forEach(context::absent);
    ONLY_OF_SESSIONS.forEach(context::absent);
  }

  private static void known(RequestContext.Builder context, Identity identity) {
    context.value("aws:PrincipalIsAWSService", "false");
    if (identity.isComplete()) {
      context.absentUnder("aws:PrincipalTag/");
    } else {
      context.unknownUnder("aws:PrincipalTag/");
    }
    identity.tags().forEach((tag, value) -> context.value("aws:PrincipalTag/" + tag, value));
    identity.userId().ifPresent(id -> context.value("aws:userid", id));
    Optional<String> issued = identity.tokenIssueTime().map(Instant::toString);
    if (isSession(identity) || !identity.isComplete()) {
      // On AWS every session has these or could have: nobody has told us.
      issued.ifPresent(time -> context.value("aws:TokenIssueTime", time));
    } else {
      orAbsent(context, "aws:TokenIssueTime", issued);
      ONLY_OF_SESSIONS.forEach(context::absent);
    }
  }

  private static boolean isSession(Identity identity) {
    return identity.principal() instanceof AssumedRole
        || identity.principal() instanceof FederatedUser;
  }

  // That the settings name no organization does not say that there is none.
  private static void ofAccount(RequestContext.Builder context, KnownAccount account) {
    account.organization().ifPresent(id -> context.value("aws:PrincipalOrgID", id));
    if (!account.organizationPaths().isEmpty()) {
      context.values("aws:PrincipalOrgPaths", account.organizationPaths());
    }
  }

  private static void orAbsent(RequestContext.Builder context, String key, Optional<String> value) {
    value.ifPresentOrElse(v -> context.value(key, v), () -> context.absent(key));
  }
}
