package io.narthex.cache.read;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.verdict.VerdictTag;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.PublicAccess;
import java.util.Optional;

/** The bucket policy as it stands, with what follows from it for every request worked out. */
public final class PolicyInForce {
  /** No policy, or none that can be read and parsed: nobody may do anything. */
  public static final PolicyInForce NONE = new PolicyInForce(Optional.empty(), false, false);

  private static final String TAGS = ReadContexts.EXISTING_TAG.toLowerCase(ROOT);
  private static final String VERDICT = TAGS + VerdictTag.KEY;

  private final Optional<PolicyDocument> document;
  private final boolean looksAtTags;
  private final boolean looksAtKeys;
  private final boolean isOwnAccountOnly;

  private PolicyInForce(
      Optional<PolicyDocument> document, boolean looksAtTags, boolean isOwnAccountOnly) {
    this.document = requireNonNull(document, "document is null");
    this.looksAtTags = looksAtTags;
    this.looksAtKeys = document.filter(PolicyDocument::tellsKeysApart).isPresent();
    this.isOwnAccountOnly = isOwnAccountOnly;
  }

  /** This policy, where Block Public Access is off. */
  public static PolicyInForce of(PolicyDocument document) {
    return of(document, false);
  }

  /**
   * This policy.
   *
   * @param restrictsPublicBuckets whether Block Public Access takes strangers out of it should it
   *     be public
   */
  public static PolicyInForce of(PolicyDocument document, boolean restrictsPublicBuckets) {
    boolean looksAtTags =
        document.conditionKeys().stream()
            .anyMatch(key -> key.startsWith(TAGS) && !key.equals(VERDICT));
    return new PolicyInForce(
        Optional.of(document),
        looksAtTags,
        restrictsPublicBuckets && PublicAccess.isPublic(document));
  }

  /** The policy itself, if there is one. */
  Optional<PolicyDocument> document() {
    return document;
  }

  /** Whether it decides by other tags than the verdict, so that they must be looked up. */
  boolean looksAtTags() {
    return looksAtTags;
  }

  /** Whether it may decide differently on two objects by their keys. */
  boolean looksAtKeys() {
    return looksAtKeys;
  }

  /** Whether only principals of the bucket's own account get in, whatever the policy allows. */
  boolean isOwnAccountOnly() {
    return isOwnAccountOnly;
  }
}
