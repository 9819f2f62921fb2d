package io.narthex.cache.verdict;

import io.narthex.cache.store.Tags;
import java.util.Optional;

/**
 * The tag on an object version that carries its verdict, and by which S3 itself decides who may
 * read it. A version without it has not been judged.
 */
public enum VerdictTag {
  VERIFIED("verified"),
  WAITING("waiting"),
  REJECTED("rejected");

  /** The key of the tag; bucket policies name it as {@code s3:ExistingObjectTag/nix-verdict}. */
  public static final String KEY = "nix-verdict";

  private static final String SETTINGS_KEY = "nix-verdict-settings";

  private final String value;

  VerdictTag(String value) {
    this.value = value;
  }

  /** The verdict that these tags carry; empty if none, or none that we write. */
  public static Optional<VerdictTag> of(Tags tags) {
    return tags.get(KEY)
        .flatMap(
            value -> {
              for (VerdictTag tag : values()) {
                if (tag.value.equals(value)) {
                  return Optional.of(tag);
                }
              }
              return Optional.empty();
            });
  }

  /** Whether these tags say that the version was verified. */
  public static boolean isVerified(Tags tags) {
    return of(tags).equals(Optional.of(VERIFIED));
  }

  /** These tags with this verdict, the others kept. */
  public Tags on(Tags tags) {
    return tags.with(KEY, value);
  }

  /** These tags with this verdict, under settings with this digest. */
  public Tags on(Tags tags, String settings) {
    return on(tags).with(SETTINGS_KEY, settings);
  }

  /** Whether the verdict that these tags carry was given under settings with this digest. */
  public static boolean isUnder(Tags tags, String settings) {
    return tags.get(SETTINGS_KEY).equals(Optional.of(settings));
  }

  /** The value of the tag, e.g. {@code verified}. */
  @Override
  public String toString() {
    return value;
  }
}
