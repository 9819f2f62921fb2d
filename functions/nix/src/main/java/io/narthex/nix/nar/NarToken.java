package io.narthex.nix.nar;

import java.util.Optional;

/** A string of the archive as it lies in the parser's buffer; gone when the parser goes on. */
final class NarToken {
  private final byte[] buffer;
  private final int length;
  private final long offset;

  /**
   * @param offset where the string ends in the archive, its padding included
   */
  NarToken(byte[] buffer, int length, long offset) {
    this.buffer = buffer;
    this.length = length;
    this.offset = offset;
  }

  boolean is(NarTag tag) {
    return tag.is(buffer, length);
  }

  /** The bytes, as in {@link RawBytes}. */
  String raw() {
    return RawBytes.of(buffer, 0, length);
  }

  void expect(NarTag tag) throws MalformedNarException {
    if (!is(tag)) {
      throw malformed("expected tag '" + tag + "', got '" + this + "'");
    }
  }

  void refuse(Optional<String> fault) throws MalformedNarException {
    if (fault.isPresent()) {
      throw malformed(fault.get());
    }
  }

  MalformedNarException malformed(String reason) {
    return new MalformedNarException(offset, reason);
  }

  /** For messages. */
  @Override
  public String toString() {
    return RawBytes.display(raw());
  }
}
