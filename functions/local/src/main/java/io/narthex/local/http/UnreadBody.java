package io.narthex.local.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a client still sends when it is refused. A connection that is closed before the client has
 * sent it all takes the answer away from many clients, who then see a broken pipe in its place.
 */
public final class UnreadBody {
  /** Bytes; whoever has more to send finds the connection closed. */
  private static final long MAX_PASSED_OVER = 32L << 20;

  private UnreadBody() {}

  /**
   * Reads and forgets the rest of a body. Not for a client that waits to be told to send it ({@code
   * Expect: 100-continue}): reading tells it to.
   */
  public static void passOver(InputStream body) {
    byte[] buffer = new byte[64 * 1024];
    try {
      long passed = 0;
      int read = body.read(buffer);
      while (read >= 0 && passed < MAX_PASSED_OVER) {
        passed += read;
        read = body.read(buffer);
      }
    } catch (IOException e) {
      // The client has gone, or sends what cannot be read: the answer is tried all the same.
      return;
    }
  }
}
