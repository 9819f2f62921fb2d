package io.narthex.cache.read;

import static java.util.Locale.ROOT;

import io.narthex.cache.layout.CachePath.CacheInfo;
import io.narthex.cache.read.Answer.Forbidden;
import io.narthex.cache.read.Answer.Hidden;
import io.narthex.cache.read.Answer.Unauthenticated;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision.Allow;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.RequestContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the bucket policy lets one caller do, at one moment. Everything is asked as if the object
 * were verified already: whether it is, S3 decides when it is read. So a caller hears of an
 * unverified object only what it would hear of a verified one.
 */
final class CallerAccess {
  private static final String TAGS = ReadContext.EXISTING_TAG.toLowerCase(ROOT);
  private static final String VERDICT = TAGS + VerdictTag.KEY;

  private final Optional<PolicyDocument> policy;
  private final CacheBucket bucket;
  private final VerifiedStore store;
  private final Caller caller;
  private final Instant now;

  CallerAccess(
      Optional<PolicyDocument> policy,
      CacheBucket bucket,
      VerifiedStore store,
      Caller caller,
      Instant now) {
    this.policy = policy;
    this.bucket = bucket;
    this.store = store;
    this.caller = caller;
    this.now = now;
  }

  /** Whether the policy decides by other tags than the verdict, so that they must be looked up. */
  boolean looksAtTags() {
    return policy
        .filter(
            document ->
                document.conditionKeys().stream()
                    .anyMatch(key -> key.startsWith(TAGS) && !key.equals(VERDICT)))
        .isPresent();
  }

  /** Whether the caller may read what is under a key now, once it is verified. */
  boolean mayRead(ObjectKey key) {
    return mayRead(key, looksAtTags() ? store.tags(key) : Optional.empty());
  }

  /** The same with the tags at hand; they are not used where the policy does not look at them. */
  boolean mayRead(ObjectKey key, Optional<TaggedVersion> tagged) {
    RequestContext context =
        looksAtTags()
            ? ReadContext.tagged(bucket, caller, now, verified(tagged))
            : ReadContext.verified(bucket, caller, now);
    return allows("s3:GetObject", bucket.arn(key), context);
  }

  /**
   * What a caller hears that may not read. Nobody in particular is asked for credentials only where
   * nobody in particular may read anything: newer Nix gives up on a cache that answers 401, and one
   * that is open in general must not lose its readers over the first path that is not. Otherwise it
   * is 403 or 404, as of S3 itself.
   */
  Answer refusal() {
    if (caller.isAnonymous() && !mayRead(new CacheInfo().key())) {
      return new Unauthenticated("this cache asks for credentials");
    }
    return mayList()
        ? new Forbidden("the bucket policy does not let you read this")
        : new Hidden("nothing that you may read is here");
  }

  private boolean mayList() {
    return allows("s3:ListBucket", bucket.arn(), ReadContext.listing(bucket, caller, now));
  }

  private static Tags verified(Optional<TaggedVersion> tagged) {
    return VerdictTag.VERIFIED.on(tagged.map(TaggedVersion::tags).orElse(Tags.NONE));
  }

  private boolean allows(String action, String resource, RequestContext context) {
    var request = new AccessRequest(caller.principal(), action, resource, context);
    return Authorizer.decide(policy, bucket.account(), List.of(), request) instanceof Allow;
  }
}
