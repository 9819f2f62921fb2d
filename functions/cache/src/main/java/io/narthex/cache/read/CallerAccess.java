package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.Access.Allowed;
import io.narthex.cache.read.Access.Denied;
import io.narthex.cache.read.Answer.Forbidden;
import io.narthex.cache.read.Answer.Hidden;
import io.narthex.cache.read.Denial.Kind;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision;
import io.narthex.policy.Decision.Allow;
import io.narthex.policy.Decision.ExplicitDeny;
import io.narthex.policy.Decision.ImplicitDeny;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import java.util.List;
import java.util.Optional;

/**
 * What the bucket policy lets one caller do, at one moment. Everything is asked as if the object
 * were verified already: whether it is, S3 decides when it is read. So a caller hears of an
 * unverified object only what it would hear of a verified one. Identity policies are not to be seen
 * here: in the bucket's account they count as none; in an account that the settings name, as ones
 * that allow everything, so that the bucket policy alone decides.
 */
final class CallerAccess {
  private static final String GET = "s3:GetObject";
  private static final String LIST = "s3:ListBucket";
  private static final List<PolicyDocument> UNSEEN = List.of();
  private static final List<PolicyDocument> VOUCHED_FOR = List.of(everything());
  private static final Principal ANYBODY = new Principal.Anonymous();

  private final PolicyInForce policy;
  private final CacheBucket bucket;
  private final ReadContexts contexts;
  private final Asking asking;

  /** Many objects that are asked about one after the other have the same tags. */
  private volatile Optional<AboutObject> last = Optional.empty();

  CallerAccess(PolicyInForce policy, CacheBucket bucket, ReadContexts contexts, Asking asking) {
    this.policy = requireNonNull(policy, "policy is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.contexts = requireNonNull(contexts, "contexts is null");
    this.asking = requireNonNull(asking, "asking is null");
  }

  private static PolicyDocument everything() {
    try {
      return PolicyDocument.parseIdentityPolicy(
          """
          {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}
          """);
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  Caller caller() {
    return asking.caller();
  }

  /** Whether the policy decides by other tags than the verdict, so that they must be looked up. */
  boolean looksAtTags() {
    return policy.looksAtTags();
  }

  /**
   * Whether the caller may read an object once it is verified.
   *
   * @param tagged the object's tags, which are not used where the policy does not look at them;
   *     without them they may be any
   */
  Access mayRead(ObjectKey key, Optional<TaggedVersion> tagged) {
    return mayReadTagged(key, tagged.map(TaggedVersion::tags));
  }

  /** The same, of an object whose tags are known from elsewhere. */
  Access mayReadTagged(ObjectKey key, Optional<Tags> tags) {
    return decided(key, read(key, verified(tags)));
  }

  private AccessRequest read(ObjectKey key, Optional<Tags> verified) {
    Optional<AboutObject> known = last.filter(about -> about.tags().equals(verified));
    RequestContext context =
        known.isPresent() ? known.get().context() : contexts.object(asking, verified);
    var request = new AccessRequest(caller().principal(), GET, bucket.arn(key), context);
    if (known.isEmpty()) {
      last = Optional.of(new AboutObject(verified, request.context()));
    }
    return request;
  }

  /**
   * Whether the caller could read an object once it is verified, whatever its other tags are and
   * whatever else is not known.
   */
  boolean couldRead(ObjectKey key) {
    return deniedBeforehand().isEmpty()
        && Authorizer.couldAllow(
            policy.document(),
            bucket.account().digits(),
            identityPolicies(),
            read(key, Optional.empty()),
            asking.canonicalUsers());
  }

  /** Whether the policy treats objects with the same tags alike, whatever their keys are. */
  boolean isSameForAllKeys() {
    return !policy.looksAtKeys();
  }

  /** What is known of a read of any object with these tags, the caller's own keys included. */
  private record AboutObject(Optional<Tags> tags, RequestContext context) {}

  /** Whether the caller may list the bucket; a denial is about this key. */
  Access mayList(ObjectKey key) {
    return decided(
        key, new AccessRequest(caller().principal(), LIST, bucket.arn(), contexts.listing(asking)));
  }

  /** What a caller hears that may not read. */
  Answer refusal(Denial denial) {
    return mayList(denial.key()) instanceof Allowed
        ? new Forbidden(Reasons.forbidden(caller()), denial)
        : new Hidden(Reasons.absent(caller()), denial);
  }

  /** For whom else what this caller may read is good. */
  Cacheability cacheability(ObjectKey key, Optional<TaggedVersion> tagged) {
    if (policy.isOwnAccountOnly() || !caller().secureTransport()) {
      return Cacheability.CALLER;
    }
    RequestContext context = contexts.byAnybody(verified(tagged.map(TaggedVersion::tags)));
    return decision(new AccessRequest(ANYBODY, GET, bucket.arn(key), context), UNSEEN)
            instanceof Allow
        ? Cacheability.EVERYONE
        : Cacheability.CALLER;
  }

  private Optional<Tags> verified(Optional<Tags> tags) {
    return looksAtTags() ? tags.map(VerdictTag.VERIFIED::on) : Optional.empty();
  }

  private Access decided(ObjectKey key, AccessRequest request) {
    String action = request.action();
    Optional<Kind> beforehand = deniedBeforehand();
    if (beforehand.isPresent()) {
      return denied(action, key, beforehand.get(), Optional.empty());
    }
    return switch (decision(request, identityPolicies())) {
      case Allow _ -> new Allowed();
      case ExplicitDeny(var sid) -> denied(action, key, Kind.EXPLICIT_DENY, sid);
      case ImplicitDeny _ -> denied(action, key, Kind.IMPLICIT_DENY, Optional.empty());
    };
  }

  private Optional<Kind> deniedBeforehand() {
    if (policy.document().isEmpty()) {
      return Optional.of(Kind.NO_POLICY);
    }
    if (isOfBucketAccount()) {
      return Optional.empty();
    }
    if (policy.isOwnAccountOnly()) {
      return Optional.of(Kind.PUBLIC_ACCESS_BLOCKED);
    }
    return caller().isAnonymous() || asking.account().isPresent()
        ? Optional.empty()
        : Optional.of(Kind.UNKNOWN_ACCOUNT);
  }

  private List<PolicyDocument> identityPolicies() {
    return isOfBucketAccount() ? UNSEEN : VOUCHED_FOR;
  }

  private boolean isOfBucketAccount() {
    return caller().principal().accountId().filter(bucket.account().digits()::equals).isPresent();
  }

  private Decision decision(AccessRequest request, List<PolicyDocument> identityPolicies) {
    return Authorizer.decide(
        policy.document(),
        bucket.account().digits(),
        identityPolicies,
        request,
        asking.canonicalUsers());
  }

  private Denied denied(String action, ObjectKey key, Kind kind, Optional<String> sid) {
    return new Denied(new Denial(caller().name(), action, key, kind, sid));
  }
}
