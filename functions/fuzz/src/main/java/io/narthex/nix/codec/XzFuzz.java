package io.narthex.nix.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Both xz libraries, which must say the same of every stream. */
public final class XzFuzz {
  private static final int MAX_DECODED = 1 << 20;
  private static final DecoderLimits LIMITS = new DecoderLimits(16 << 20, 1, 23);
  private static final XzLibrary JAVA = new XzForJava();
  private static final XzLibrary NATIVE =
      LibLzma.load(System.getProperty(XzLibrary.PROPERTY, "liblzma.so.5")).orElseThrow();

  private XzFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Optional<byte[]> java = decoded(JAVA, input);
    Optional<byte[]> other = decoded(NATIVE, input);
    if (java.isPresent() != other.isPresent()
        || (java.isPresent() && !Arrays.equals(java.get(), other.get()))) {
      throw new IllegalStateException(
          "%s: %s, %s: %s".formatted(JAVA.name(), said(java), NATIVE.name(), said(other)));
    }
  }

  /** What it decodes to; empty if it is corrupt. */
  private static Optional<byte[]> decoded(XzLibrary library, byte[] input) throws IOException {
    try (InputStream in =
        new StrictDecoder(
            Compression.XZ,
            new ByteArrayInputStream(input),
            source -> library.open(source, LIMITS))) {
      return Optional.of(in.readNBytes(MAX_DECODED));
    } catch (CorruptStreamException e) {
      return Optional.empty();
    }
  }

  private static String said(Optional<byte[]> decoded) {
    return decoded.map(bytes -> bytes.length + " bytes").orElse("corrupt");
  }
}
