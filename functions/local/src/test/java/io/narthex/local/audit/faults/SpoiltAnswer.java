package io.narthex.local.audit.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** Sends an answer as a fault has it. */
final class SpoiltAnswer {
  private final Socket socket;
  private final Answer answer;
  private final boolean hasBody;

  /**
   * @param hasBody whether the request wants the bytes and not their head alone
   */
  SpoiltAnswer(Socket socket, Answer answer, boolean hasBody) {
    this.socket = socket;
    this.answer = answer;
    this.hasBody = hasBody;
  }

  void send(Fault fault) throws IOException {
    byte[] body = answer.body();
    int half = body.length / 2;
    switch (fault) {
      case INTERNAL_ERROR -> whole(Answer.failed("500 Internal Server Error", "InternalError"));
      case SLOW_DOWN -> whole(Answer.failed("503 Slow Down", "SlowDown"));
      case TOO_MANY_REQUESTS -> whole(Answer.failed("429 Too Many Requests", "TooManyRequests"));
      case FORBIDDEN -> whole(Answer.failed("403 Forbidden", "AccessDenied"));
      case SAYS_ABSENT -> whole(Answer.absent());
      case CLOSED -> {}
      case CUT_HEAD -> {
        write(answer.head(), 0, 20);
        reset();
      }
      case TRUNCATED -> begin(answer.head(), body, half);
      case RESET -> {
        begin(answer.head(), body, half);
        reset();
      }
      case STALLED -> {
        begin(answer.head(), body, half);
        untilItGoes();
      }
      case ANNOUNCES_MORE ->
          begin(answer.head("Content-Length: " + (body.length + 100)), body, body.length);
      case ANNOUNCES_LESS -> begin(answer.head("Content-Length: " + half), body, half);
      case CHUNKS_CUT -> chunk(body, half);
      case CHANGED -> begin(answer.head(), changed(body, half), body.length);
    }
  }

  void whole(Answer other) throws IOException {
    begin(other.head(), other.body(), other.length());
  }

  private void begin(byte[] head, byte[] body, int count) throws IOException {
    write(head, 0, head.length);
    if (hasBody) {
      write(body, 0, count);
    }
  }

  private void chunk(byte[] body, int count) throws IOException {
    byte[] head = answer.head("Transfer-Encoding: chunked");
    write(head, 0, head.length);
    if (hasBody && count > 0) {
      byte[] size = (Integer.toHexString(count) + "\r\n").getBytes(ISO_8859_1);
      write(size, 0, size.length);
      write(body, 0, count);
      write(new byte[] {'\r', '\n'}, 0, 2);
    }
  }

  private static byte[] changed(byte[] body, int from) {
    byte[] changed = body.clone();
    for (int i = from; i < changed.length; i++) {
      changed[i] = (byte) (changed[i] + 13);
    }
    return changed;
  }

  private void write(byte[] bytes, int from, int count) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes, from, Math.min(count, bytes.length - from));
    out.flush();
  }

  /** So that closing sends RST. */
  private void reset() throws IOException {
    socket.setSoLinger(true, 0);
  }

  /** Until the client has had enough. */
  private void untilItGoes() throws IOException {
    socket.getInputStream().readAllBytes();
  }
}
