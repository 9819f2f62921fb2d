package io.narthex.aws.call;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a service answers. */
public final class Answered {
  private final int status;
  private final byte[] body;

  Answered(int status, byte[] body) {
    this.status = status;
    this.body = body.clone();
  }

  /** Status of HTTP. */
  public int status() {
    return status;
  }

  /** Whether that is a success. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** What follows the headers, cut off where no such answer is that long. */
  public byte[] body() {
    return body.clone();
  }

  /** The same as text. */
  public String text() {
    return new String(body, UTF_8);
  }
}
