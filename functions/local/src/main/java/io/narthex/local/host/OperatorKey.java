package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What the command line shows to prove that its user owns the data directory: others on this
 * machine reach the port too, and must not let themselves in. Kept in {@code operator-key} there.
 */
final class OperatorKey {
  private static final int BYTES = 32;

  private final String text;

  private OperatorKey(String text) {
    this.text = requireNonNull(text, "text is null");
  }

  /** The key of a data directory, made if it is not there. */
  static OperatorKey in(Path data) {
    Path file = data.resolve("operator-key");
    return new OperatorKey(PrivateFile.read(file).map(String::strip).orElseGet(() -> make(file)));
  }

  private static String make(Path file) {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    String key = HexFormat.of().formatHex(bytes);
    PrivateFile.write(file, key + "\n");
    return key;
  }

  boolean is(String shown) {
    return MessageDigest.isEqual(text.getBytes(UTF_8), shown.getBytes(UTF_8));
  }

  /** Says nothing. */
  @Override
  public String toString() {
    return "(a key)";
  }
}
