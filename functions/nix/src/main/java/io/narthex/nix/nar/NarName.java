package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The name of a directory entry: 1 to 255 bytes, not {@code .} or {@code ..}, without {@code /} and
 * NUL. Ordered bytewise, as the archive orders entries.
 *
 * @param raw the bytes, one character (0 to 255) each: a name need not be UTF-8
 * @see <a href="https://nix.dev/manual/nix/latest/store/file-system-object">File system objects</a>
 */
public record NarName(String raw) implements Comparable<NarName> {
  /** The longest name, in bytes: the limit of Nix 2.35. */
  public static final int MAX_LENGTH = 255;

  public NarName {
    requireNonNull(raw, "raw is null");
    fault(raw)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
  }

  /** The name with this text, encoded as UTF-8. */
  public static NarName of(String text) {
    return new NarName(RawBytes.ofUtf8(text));
  }

  /** What is wrong with these bytes as a name; empty when nothing is. */
  static Optional<String> fault(String raw) {
    if (raw.isEmpty()) {
      return Optional.of("empty file name");
    }
    if (raw.length() > MAX_LENGTH) {
      return Optional.of("file name of " + raw.length() + " bytes, at most " + MAX_LENGTH);
    }
    if (raw.equals(".") || raw.equals("..")) {
      return Optional.of("file name '" + raw + "' is not allowed");
    }
    if (raw.indexOf('/') >= 0 || raw.indexOf('\0') >= 0 || !RawBytes.isRaw(raw)) {
      return Optional.of("file name '" + RawBytes.display(raw) + "' contains '/' or NUL");
    }
    return Optional.empty();
  }

  /** The text, where the name is UTF-8. */
  public Optional<String> text() {
    return RawBytes.utf8(raw);
  }

  @Override
  public int compareTo(NarName other) {
    return raw.compareTo(other.raw);
  }

  /** For messages: bytes that are not printable UTF-8 are written as {@code \xff}. */
  @Override
  public String toString() {
    return RawBytes.display(raw);
  }
}
