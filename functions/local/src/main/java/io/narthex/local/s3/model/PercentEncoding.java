package io.narthex.local.s3.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Percent-encoding as Signature Version 4 does it: everything but {@code A-Z a-z 0-9 - . _ ~} is
 * encoded, in upper-case hex, and a plus is a plus.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed request</a>
 */
public final class PercentEncoding {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private PercentEncoding() {}

  /** Encodes a name or a value. */
  public static String encode(String text) {
    return encode(text, UNRESERVED);
  }

  /** Encodes a path, keeping its slashes. */
  public static String encodePath(String path) {
    return encode(path, UNRESERVED + "/");
  }

  private static String encode(String text, String kept) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      if (kept.indexOf(b) >= 0) {
        out.append((char) b);
      } else {
        out.append('%').append(Character.toUpperCase(Character.forDigit((b >> 4) & 0xf, 16)));
        out.append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
      }
    }
    return out.toString();
  }

  /** Decodes; refuses with 400 what is not the encoding of a text. */
  public static String decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) == '%') {
        bytes.write(hex(encoded, i + 1) * 16 + hex(encoded, i + 2));
        i += 2;
      } else {
        bytes.writeBytes(encoded.substring(i, i + 1).getBytes(UTF_8));
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new S3Refusal(400, "InvalidURI", "The request is not percent-encoded UTF-8.");
    }
  }

  private static int hex(String encoded, int index) {
    int digit = index < encoded.length() ? Character.digit(encoded.charAt(index), 16) : -1;
    if (digit < 0) {
      throw new S3Refusal(400, "InvalidURI", "The request is not percent-encoded UTF-8.");
    }
    return digit;
  }
}
