package io.narthex.nix.nar;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

/**
 * Reads a Nix archive that is pushed in pieces of any size, and tells a {@link NarHandler} what is
 * in it. Stricter than Nix in one point: nothing may follow the closing parenthesis.
 *
 * <p>Refused: anything outside the grammar, padding that is not zero, names that do not ascend or
 * that {@link NarName} refuses, targets that {@link LinkTarget} refuses, more than 64 nested trees,
 * files of 2^63 bytes and more. A token's length is checked before a byte of it is kept. Memory is
 * constant: 4 KiB and one name for each open directory.
 *
 * <p>After an exception the parser must not be used again.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/nix-archive">Nix archive format</a>
 */
public final class NarParser {
  private static final int WORD = 8;

  /**
   * What the next byte belongs to. A string of the format is its length, its bytes, its padding.
   */
  private enum Part {
    LENGTH,
    TOKEN,
    CONTENTS,
    PADDING
  }

  private final NarGrammar grammar;
  private final byte[] token = new byte[LinkTarget.MAX_LENGTH];
  private Part part = Part.LENGTH;
  private long offset;

  /** The length of the present string; while it is read, what is known of it. */
  private long length;

  /** How many bytes of the present part were read. */
  private long filled;

  /** A parser at the start of an archive. */
  public NarParser(NarHandler handler) {
    this.grammar = new NarGrammar(requireNonNull(handler, "handler is null"));
  }

  /** How many bytes were read. */
  public long offset() {
    return offset;
  }

  /**
   * Reads the next bytes of the archive.
   *
   * @throws MalformedNarException when they cannot continue an archive
   */
  public void feed(byte[] buffer, int start, int count) throws MalformedNarException {
    checkFromIndexSize(start, count, buffer.length);
    int position = start;
    int end = start + count;
    while (position < end) {
      int read =
          switch (part) {
            case LENGTH -> readLength(buffer[position]);
            case TOKEN -> readToken(buffer, position, end - position);
            case CONTENTS -> readContents(buffer, position, end - position);
            case PADDING -> readPadding(buffer[position]);
          };
      position += read;
    }
  }

  /**
   * Says that the archive has no more bytes.
   *
   * @throws MalformedNarException when it is not complete
   */
  public void finish() throws MalformedNarException {
    if (!grammar.atEnd() || part != Part.LENGTH) {
      throw malformed("truncated: ends where " + grammar.awaited() + " is awaited");
    }
  }

  private int readLength(byte next) throws MalformedNarException {
    if (grammar.atEnd()) {
      throw malformed("bytes after the end of the archive");
    }
    length |= (next & 0xffL) << (WORD * filled);
    filled++;
    offset++;
    if (filled == WORD) {
      startString();
    }
    return 1;
  }

  private void startString() throws MalformedNarException {
    if (grammar.awaitsContents()) {
      if (length < 0) {
        throw malformed("file of " + Long.toUnsignedString(length) + " bytes");
      }
      grammar.startContents(length, offset);
      startPart(Part.CONTENTS);
    } else {
      if (Long.compareUnsigned(length, grammar.maxLength()) > 0) {
        throw malformed(tooLong());
      }
      startPart(Part.TOKEN);
    }
    if (length == 0) {
      endString();
    }
  }

  private String tooLong() {
    String bytes = Long.toUnsignedString(length) + " bytes";
    return "expected "
        + grammar.awaited()
        + " of at most "
        + grammar.maxLength()
        + ", got "
        + bytes;
  }

  private int readToken(byte[] buffer, int position, int available) throws MalformedNarException {
    int count = (int) Math.min(length - filled, available);
    System.arraycopy(buffer, position, token, (int) filled, count);
    advance(count);
    return count;
  }

  private int readContents(byte[] buffer, int position, int available)
      throws MalformedNarException {
    int count = (int) Math.min(length - filled, available);
    grammar.contents(buffer, position, count);
    advance(count);
    return count;
  }

  private void advance(int count) throws MalformedNarException {
    filled += count;
    offset += count;
    if (filled == length) {
      if (length % WORD == 0) {
        endString();
      } else {
        startPart(Part.PADDING);
        filled = length % WORD;
      }
    }
  }

  private int readPadding(byte next) throws MalformedNarException {
    if (next != 0) {
      throw malformed("padding is not zero");
    }
    filled++;
    offset++;
    if (filled == WORD) {
      endString();
    }
    return 1;
  }

  private void endString() throws MalformedNarException {
    if (grammar.awaitsContents()) {
      grammar.endContents();
    } else {
      grammar.token(new NarToken(token, (int) length, offset));
    }
    length = 0;
    startPart(Part.LENGTH);
  }

  private void startPart(Part next) {
    part = next;
    filled = 0;
  }

  private MalformedNarException malformed(String reason) {
    return new MalformedNarException(offset, reason);
  }
}
