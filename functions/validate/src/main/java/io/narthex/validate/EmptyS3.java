package io.narthex.validate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * An S3 of this process alone, on loopback, that says of every object that it is not there. It
 * answers one request after the other, until it is closed.
 */
final class EmptyS3 implements AutoCloseable {
  private static final String NO_SUCH_KEY = "<Error><Code>NoSuchKey</Code></Error>";
  private static final String NOT_FOUND =
      "HTTP/1.1 404 Not Found\r\nContent-Type: application/xml\r\nConnection: close\r\n"
          + "Content-Length: %d\r\n\r\n".formatted(NO_SUCH_KEY.length());

  private final ServerSocket socket;

  private EmptyS3(ServerSocket socket) {
    this.socket = requireNonNull(socket, "socket is null");
  }

  static EmptyS3 open() throws IOException {
    var s3 = new EmptyS3(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name("empty-s3").start(s3::answer);
    return s3;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void answer() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        answer(client);
      } catch (IOException e) {
        // It was closed, or the client has gone.
      }
    }
  }

  private static void answer(Socket client) throws IOException {
    var request = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
    String first = request.readLine();
    for (String line = first; line != null && !line.isEmpty(); line = request.readLine()) {
      // Headers say nothing that matters here.
    }
    boolean isHead = first != null && first.startsWith("HEAD ");
    client.getOutputStream().write((NOT_FOUND + (isHead ? "" : NO_SUCH_KEY)).getBytes(ISO_8859_1));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
