package io.narthex.local.s3.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A small XML document in the making. */
final class XmlText {
  private final StringBuilder out =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  XmlText open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  /** A root element in a namespace. */
  XmlText open(String name, String namespace) {
    out.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
    return this;
  }

  XmlText close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  XmlText element(String name, String text) {
    return open(name).text(text).close(name);
  }

  /** Characters that XML 1.0 does not have become a replacement character. */
  private XmlText text(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                default -> out.appendCodePoint(allowed(c) ? c : 0xfffd);
              }
            });
    return this;
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** Sends a document as the whole answer. */
  static void send(HttpServletResponse response, String xml) throws IOException {
    byte[] body = xml.getBytes(UTF_8);
    response.setContentType("application/xml");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
