package io.narthex.local.s3.auth;

import static java.util.Objects.requireNonNull;

/** A secret access key. It never prints; two are equal only if they are the same object. */
public final class SecretKey {
  private final String value;

  /**
   * Wraps a secret access key.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public SecretKey(String value) {
    this.value = requireNonNull(value, "value");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("empty secret access key");
    }
  }

  /** The key itself, for deriving a signing key and nothing else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "SecretKey";
  }
}
