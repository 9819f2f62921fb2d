package io.narthex.cache.verdict;

import io.narthex.cache.store.Tags;
import java.util.Collection;
import java.util.Map;

/**
 * The tags that say for which audiences a version is. Whatever begins with their prefix is ours: it
 * comes from the settings, and goes with them.
 */
public final class AudienceTags {
  /** Of the tags' keys; the name of the audience follows. */
  public static final String PREFIX = "nix-for-";

  /** An object on S3 has at most ten tags, and two are those of the verdict. */
  public static final int MAX = 8;

  private static final String YES = "yes";

  private AudienceTags() {}

  /** Whether these tags name an audience. */
  public static boolean isIn(Tags tags) {
    return tags.values().keySet().stream().anyMatch(key -> key.startsWith(PREFIX));
  }

  /** These tags, and of audiences exactly these. */
  public static Tags exactly(Tags tags, Collection<String> audiences) {
    Tags changed = tags;
    for (Map.Entry<String, String> tag : tags.values().entrySet()) {
      changed = tag.getKey().startsWith(PREFIX) ? changed.without(tag.getKey()) : changed;
    }
    return also(changed, audiences);
  }

  /** These tags, and these audiences too. */
  public static Tags also(Tags tags, Collection<String> audiences) {
    Tags changed = tags;
    for (String audience : audiences) {
      changed = changed.with(PREFIX + audience, YES);
    }
    return changed;
  }
}
