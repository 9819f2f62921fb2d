package io.narthex.cache.verdict;

import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;

/**
 * The tag on versions of narinfos that an audit has judged: they were in the bucket before anybody
 * verified what comes in. One that is bad is hidden and never deleted, for nobody has pushed
 * anything wrong; what S3 kept from before the bucket had versions is the same without the tag.
 */
public final class AdoptedTag {
  /** Its key. An object on S3 has at most ten tags: this, the verdict and 8 audiences. */
  public static final String KEY = "nix-adopted";

  private static final String YES = "yes";
  private static final String REVOKED = "revoked";

  private AdoptedTag() {}

  /** These tags with it. */
  public static Tags on(Tags tags) {
    return tags.with(KEY, YES);
  }

  /** These tags of a version that has been revoked: if it has been adopted, no audit raises it. */
  public static Tags revoked(Tags tags) {
    return tags.get(KEY).isPresent() ? tags.with(KEY, REVOKED) : tags;
  }

  /** These tags without it. */
  public static Tags others(Tags tags) {
    return tags.without(KEY);
  }

  /** Whether a version was there before anybody verified what comes in. */
  public static boolean isOn(TaggedVersion version) {
    return version.version().equals(VersionId.UNVERSIONED) || version.tags().get(KEY).isPresent();
  }

  /**
   * Whether an audit may give the version with these tags another verdict than rejected: not if the
   * cache itself hides it, since it is revoked, or fell with the settings.
   */
  public static boolean mayBeRaised(Tags tags) {
    boolean isHidden = VerdictTag.of(tags).filter(VerdictTag.REJECTED::equals).isPresent();
    return !isHidden || tags.get(KEY).filter(YES::equals).isPresent();
  }
}
