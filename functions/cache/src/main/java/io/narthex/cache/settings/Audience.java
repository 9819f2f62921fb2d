package io.narthex.cache.settings;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.signature.KeyName;

/**
 * Readers for whom a trusted key signs. What a key of an audience has signed gets the tag {@code
 * nix-for-NAME=yes} together with its verdict, and a bucket policy that allows by {@code
 * s3:ExistingObjectTag/nix-for-NAME} lets them read that and nothing else.
 *
 * @param name lower-case letters, digits and inner dashes, at most 32 characters
 * @param signer the name of a trusted key
 */
public record Audience(String name, KeyName signer) {
  private static final int MAX_NAME = 32;

  public Audience {
    requireNonNull(name, "name is null");
    requireNonNull(signer, "signer is null");
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of an audience: " + name);
    }
  }

  /**
   * Reads one as {@code NAME=KEYNAME}, e.g. {@code team-b=team-b-cache-1}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static Audience parse(String text) {
    String[] parts = text.split("=", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not NAME=KEYNAME: " + text);
    }
    return new Audience(parts[0], new KeyName(parts[1]));
  }

  /** Whether a text can be the name of one. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_NAME
        && text.charAt(0) != '-'
        && text.charAt(text.length() - 1) != '-'
        && text.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
  }

  @Override
  public String toString() {
    return name + "=" + signer;
  }
}
