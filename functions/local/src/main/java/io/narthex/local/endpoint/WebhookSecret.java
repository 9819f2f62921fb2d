package io.narthex.local.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/** What only the store and we know. It prints nothing of itself. */
public final class WebhookSecret {
  private static final int MIN_LENGTH = 16;

  private final byte[] bytes;

  /**
   * From its text, with whitespace around it left out.
   *
   * @throws IllegalArgumentException if it is shorter than 16 characters, or would not survive a
   *     header: anything but printable ASCII without blanks
   */
  public WebhookSecret(String text) {
    String secret = text.strip();
    if (secret.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "a webhook secret has at least %d characters".formatted(MIN_LENGTH));
    }
    if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("a webhook secret is printable ASCII without blanks");
    }
    this.bytes = secret.getBytes(UTF_8);
  }

  /** Whether this is it; takes the same time for any two texts of the same length. */
  boolean is(String text) {
    return MessageDigest.isEqual(bytes, text.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "WebhookSecret";
  }
}
