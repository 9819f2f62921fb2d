package io.narthex.local.s3.wire;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a client still sends when it is refused. A connection that is closed before the client has
 * sent it all takes the answer away from many clients, who then see a broken pipe in its place.
 */
final class UnreadBody {
  /** Bytes; whoever has more to send finds the connection closed. */
  private static final long MAX_PASSED_OVER = 32L << 20;

  private UnreadBody() {}

  /** Reads and forgets the rest of the body, unless the client waits to be told to send it. */
  static void passOver(HttpServletRequest request) {
    if (request.getHeader("Expect") != null) {
      return;
    }
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream body = request.getInputStream();
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
