package io.narthex.local.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/**
 * One of the two ways in, spoken to in bytes: an HTTP client would put right what is wrong with a
 * request.
 *
 * @param root path in front of every key, without a slash at its end
 */
record Door(URI uri, String root) {
  private static final int TIMEOUT_MS = 60_000;
  private static final byte[] PIECE = new byte[64 * 1024];

  /** A GET of a key by nobody in particular. */
  RawAnswer get(String key) {
    return ask("GET", root + "/" + key);
  }

  /** A request for a target as it is written, a character a byte. */
  RawAnswer ask(String method, String target) {
    return send(head(method, target), 0);
  }

  /** A request head that ends the connection; more lines may follow, then an empty one. */
  String head(String method, String target) {
    return head(method, target, "Host: " + uri.getAuthority() + "\r\n");
  }

  /** The same by another name than its own: {@code host} is a whole line, or none. */
  static String head(String method, String target, String host) {
    return method + " " + target + " HTTP/1.1\r\n" + host + "Connection: close\r\n";
  }

  /** Sends a head, an empty line and so many zeros, and takes what comes back. */
  RawAnswer send(String head, long zeros) {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(TIMEOUT_MS);
      var _ = Thread.ofVirtual().start(() -> write(socket, head, zeros));
      return RawAnswer.of(read(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Socket socket, String head, long zeros) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write((head + "\r\n").getBytes(ISO_8859_1));
      for (long left = zeros; left > 0; left -= PIECE.length) {
        out.write(PIECE, 0, (int) Math.min(left, PIECE.length));
      }
      out.flush();
    } catch (IOException e) {
      // The door has answered without waiting for the rest, and closed.
      return;
    }
  }

  /** Up to the end, or to where a door that does not read to the end resets the connection. */
  private static byte[] read(InputStream in) throws IOException {
    var answer = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 * 1024];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        answer.write(buffer, 0, n);
      }
    } catch (SocketException e) {
      if (answer.size() == 0) {
        throw e;
      }
    }
    return answer.toByteArray();
  }
}
