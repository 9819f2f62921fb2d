package io.narthex.cache.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * A small object about to be written: bytes, content type, and the tags it has from its first
 * moment.
 */
public final class NewObject {
  private final byte[] bytes;
  private final String contentType;
  private final Tags tags;

  private NewObject(byte[] bytes, String contentType, Tags tags) {
    this.bytes = bytes.clone();
    this.contentType = requireNonNull(contentType, "contentType is null");
    this.tags = requireNonNull(tags, "tags is null");
  }

  /** An untagged object of these bytes, which are copied. */
  public static NewObject of(byte[] bytes, String contentType) {
    return new NewObject(bytes, contentType, Tags.NONE);
  }

  /** An untagged object of this text in UTF-8. */
  public static NewObject of(String text, String contentType) {
    return of(text.getBytes(UTF_8), contentType);
  }

  /** The same object with these tags, written in the same request. */
  public NewObject tagged(Tags newTags) {
    return new NewObject(bytes, contentType, newTags);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The {@code Content-Type} to store. */
  public String contentType() {
    return contentType;
  }

  /** The tags of the new version; none for most. */
  public Tags tags() {
    return tags;
  }

  /** Whether these are the very bytes. */
  public boolean hasBytes(byte[] other) {
    return Arrays.equals(bytes, other);
  }
}
