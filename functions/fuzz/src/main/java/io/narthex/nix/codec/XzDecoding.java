package io.narthex.nix.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * One way to decode xz, of those that must say the same of every stream.
 *
 * @param threads how many blocks are decoded side by side
 */
record XzDecoding(XzLibrary library, int threads) {
  private static final int MAX_DECODED = 1 << 20;
  private static final DecoderLimits LIMITS = new DecoderLimits(16 << 20, 1, 23);

  static final XzLibrary JAVA = new XzForJava();
  static final XzLibrary NATIVE =
      LibLzma.load(System.getProperty(XzLibrary.PROPERTY, "liblzma.so.5")).orElseThrow();

  /**
   * Decodes in both ways.
   *
   * @throws IllegalStateException if they do not agree
   */
  static void compare(XzDecoding one, XzDecoding other, byte[] input) throws IOException {
    Optional<byte[]> first = one.decoded(input);
    Optional<byte[]> second = other.decoded(input);
    if (first.isPresent() != second.isPresent()
        || (first.isPresent() && !Arrays.equals(first.get(), second.get()))) {
      throw new IllegalStateException(
          "%s: %s, %s: %s".formatted(one, said(first), other, said(second)));
    }
  }

  /** What it decodes to; empty if it is corrupt. */
  private Optional<byte[]> decoded(byte[] input) throws IOException {
    try (InputStream in =
        new StrictDecoder(
            Compression.XZ,
            new ByteArrayInputStream(input),
            source -> library.open(source, LIMITS.withXzThreads(threads)))) {
      return Optional.of(in.readNBytes(MAX_DECODED));
    } catch (CorruptStreamException e) {
      return Optional.empty();
    }
  }

  private static String said(Optional<byte[]> decoded) {
    return decoded.map(bytes -> bytes.length + " bytes").orElse("corrupt");
  }

  @Override
  public String toString() {
    return library.name() + " in threads: " + threads;
  }
}
