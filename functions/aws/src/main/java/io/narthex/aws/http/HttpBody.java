package io.narthex.aws.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Optional;

/** The body of a request, up to 2 MB of it. It never prints: it may hold a credential. */
public final class HttpBody {
  /** The most that a request to us may have, in bytes. */
  public static final int MAX = 2 << 20;

  /** None. */
  public static final HttpBody NONE = new HttpBody(Optional.of(new byte[0]));

  private final Optional<byte[]> bytes;

  private HttpBody(Optional<byte[]> bytes) {
    this.bytes = bytes;
  }

  /**
   * As an event has it.
   *
   * @throws IllegalArgumentException if it is said to be base64, and is not
   */
  static HttpBody of(String text, boolean isBase64) {
    requireNonNull(text, "text is null");
    // Base64 makes four characters of three bytes.
    if (text.length() > 2 * MAX) {
      return new HttpBody(Optional.empty());
    }
    byte[] bytes = isBase64 ? Base64.getDecoder().decode(text) : text.getBytes(UTF_8);
    return new HttpBody(Optional.of(bytes).filter(some -> some.length <= MAX));
  }

  /** Its bytes; empty if they are more than that. */
  public Optional<byte[]> bytes(int most) {
    return bytes.filter(some -> some.length <= most).map(byte[]::clone);
  }

  @Override
  public String toString() {
    return "a body";
  }
}
