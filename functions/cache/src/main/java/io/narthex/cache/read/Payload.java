package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** The bytes of an answer, which do not change. */
public final class Payload {
  private final byte[] bytes;

  /** These bytes, which are copied. */
  public Payload(byte[] bytes) {
    this.bytes = requireNonNull(bytes, "bytes is null").clone();
  }

  /** A text in UTF-8. */
  public static Payload of(String text) {
    return new Payload(text.getBytes(UTF_8));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many bytes. */
  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes read as UTF-8. */
  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }
}
