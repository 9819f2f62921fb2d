package io.narthex.fuzz;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.codec.CorruptStreamException;
import io.narthex.nix.codec.DecoderLimits;
import io.narthex.nix.codec.Decoders;
import io.narthex.nix.codec.UnsupportedCompressionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Every decoder but xz, which {@code XzFuzz} has: the input is a stream for each of them. */
public final class CodecFuzz {
  private static final int MAX_DECODED = 1 << 20;
  private static final List<Compression> LABELS =
      List.of(
          Compression.GZIP, Compression.BZIP2, Compression.ZSTD, Compression.BR, Compression.LZ4);

  /** A window of 8 MiB, so that many inputs do not need much memory. */
  private static final DecoderLimits LIMITS = new DecoderLimits(16 << 20, 1, 23);

  private CodecFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) {
    for (Compression label : LABELS) {
      Reader.check(input, CorruptStreamException.class, bytes -> decode(label, bytes));
    }
  }

  private static void decode(Compression label, byte[] input)
      throws IOException, UnsupportedCompressionException {
    try (InputStream in = Decoders.open(label, new ByteArrayInputStream(input), LIMITS)) {
      in.readNBytes(MAX_DECODED);
    }
  }
}
