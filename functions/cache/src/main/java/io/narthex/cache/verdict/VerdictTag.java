package io.narthex.cache.verdict;

import io.narthex.cache.store.Tags;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

  private static final Map<String, VerdictTag> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(VerdictTag::toString, tag -> tag));

  private static final String SETTINGS_KEY = "nix-verdict-settings";

  private final String value;

  VerdictTag(String value) {
    this.value = value;
  }

  /** The verdict that these tags carry; empty if none, or none that we write. */
  public static Optional<VerdictTag> of(Tags tags) {
    return tags.get(KEY).flatMap(VerdictTag::labelled);
  }

  /** The verdict with this value of the tag; empty if none is. */
  public static Optional<VerdictTag> labelled(String value) {
    return Optional.ofNullable(BY_LABEL.get(value));
  }

  /** These tags without what we have written there. */
  public static Tags others(Tags tags) {
    return AdoptedTag.others(tags.without(KEY).without(SETTINGS_KEY));
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
