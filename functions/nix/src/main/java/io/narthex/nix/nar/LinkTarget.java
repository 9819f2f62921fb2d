package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where a symbolic link points: 1 to 4095 bytes without NUL, not resolved and not checked further.
 *
 * @param raw the bytes, one character (0 to 255) each: a target need not be UTF-8
 */
public record LinkTarget(String raw) {
  /** The longest target, in bytes: the limit of Nix 2.35. */
  public static final int MAX_LENGTH = 4095;

  public LinkTarget {
    requireNonNull(raw, "raw is null");
    fault(raw)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
  }

  /** The target with this text, encoded as UTF-8. */
  public static LinkTarget of(String text) {
    return new LinkTarget(RawBytes.ofUtf8(text));
  }

  /** What is wrong with these bytes as a target; empty when nothing is. */
  static Optional<String> fault(String raw) {
    if (raw.isEmpty()) {
      return Optional.of("empty symlink target");
    }
    if (raw.length() > MAX_LENGTH) {
      return Optional.of("symlink target of " + raw.length() + " bytes, at most " + MAX_LENGTH);
    }
    if (raw.indexOf('\0') >= 0 || !RawBytes.isRaw(raw)) {
      return Optional.of("symlink target '" + RawBytes.display(raw) + "' contains NUL");
    }
    return Optional.empty();
  }

  /** The text, where the target is UTF-8. */
  public Optional<String> text() {
    return RawBytes.utf8(raw);
  }

  /** For messages: bytes that are not printable UTF-8 are written as {@code \xff}. */
  @Override
  public String toString() {
    return RawBytes.display(raw);
  }
}
