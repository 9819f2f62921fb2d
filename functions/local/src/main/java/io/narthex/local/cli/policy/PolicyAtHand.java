package io.narthex.local.cli.policy;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.local.host.FoundCaller;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.policy.PublicAccess;
import java.util.Optional;

/**
 * A bucket policy, and what else is decided by.
 *
 * @param source where it was found, for messages
 * @param bucketArn of the bucket that it is of, if that is known
 * @param account the owner of the bucket, 12 digits, if that is known
 * @param json its text; empty if the bucket has none
 * @param publicAccess what Block Public Access does for the bucket
 * @param caller what is known of the principal that is asked about
 */
record PolicyAtHand(
    String source,
    Optional<String> bucketArn,
    Optional<String> account,
    Optional<String> json,
    Restriction publicAccess,
    Optional<FoundCaller> caller) {
  PolicyAtHand {
    requireNonNull(source, "source is null");
    requireNonNull(bucketArn, "bucketArn is null");
    requireNonNull(account, "account is null");
    requireNonNull(json, "json is null");
    requireNonNull(publicAccess, "publicAccess is null");
    requireNonNull(caller, "caller is null");
  }

  /** The name of the bucket, if that is known. */
  Optional<String> bucket() {
    return bucketArn.map(arn -> arn.substring(arn.lastIndexOf(':') + 1));
  }

  /**
   * The policy, read.
   *
   * @throws IllegalArgumentException if it is none
   */
  Optional<PolicyDocument> document() {
    return json.map(text -> PolicyFile.bucketPolicy(text, source));
  }

  /** Whether Block Public Access keeps somebody out; one that may not be read counts as on. */
  boolean shutsOut(Principal caller, String owner, Optional<PolicyDocument> policy) {
    return publicAccess != Restriction.OFF
        && policy.filter(PublicAccess::isPublic).isPresent()
        && !caller.accountId().equals(Optional.of(owner));
  }
}
