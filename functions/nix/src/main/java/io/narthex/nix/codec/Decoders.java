package io.narthex.nix.codec;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;

/**
 * Opens streams that decode strictly by label: what Nix would guess from the content is not
 * guessed. Streams that consist of several members, xz padding and skippable frames are accepted as
 * Nix accepts them; anything after the last member is not.
 */
public final class Decoders {
  private Decoders() {}

  /** Which library decodes xz here, e.g. {@code liblzma 5.8.4}: its speed is that of a pass. */
  public static String xzLibrary() {
    return XzLibrary.inUse().name();
  }

  /** Decodes with {@link DecoderLimits#DEFAULT}. */
  public static InputStream open(Compression compression, InputStream source)
      throws UnsupportedCompressionException {
    return open(compression, source, DecoderLimits.DEFAULT);
  }

  /**
   * A stream of the decoded bytes. Nothing is read before its first read. What its reads throw:
   *
   * <ul>
   *   <li>{@link CorruptStreamException} when the bytes are not exactly one complete compressed
   *       stream, or need more memory than the limits allow;
   *   <li>whatever the source throws, unchanged.
   * </ul>
   *
   * <p>At the end of the decoded bytes the source has been read to its end. Closing the stream
   * gives back the memory of the decoder; it leaves the source open, whose owner may want the rest
   * of it.
   *
   * @throws UnsupportedCompressionException for compress, grzip, lrzip, lzip, lzma and lzop
   */
  public static InputStream open(Compression compression, InputStream source, DecoderLimits limits)
      throws UnsupportedCompressionException {
    requireNonNull(source, "source is null");
    requireNonNull(limits, "limits is null");
    return compression == Compression.NONE
        ? new OpenEndedStream(source)
        : new StrictDecoder(compression, source, decoder(compression, limits));
  }

  /**
   * The most bytes that a decoder holds, beside buffers of less than 2 MiB. What it takes on the
   * heap depends on what a stream declares, however little is in it; outside of the heap memory
   * that was taken and not written to costs nothing.
   *
   * @param size of the decoded bytes
   */
  public static long memory(Compression compression, DecoderLimits limits, long size) {
    return switch (compression) {
      case BR -> BrotliDecoder.MEMORY;
      case BZIP2 -> Bzip2Decoder.MEMORY;
      case LZ4 -> Lz4Decoder.MEMORY;
      case XZ -> XzLibrary.inUse().memory(limits, size);
      case ZSTD -> Math.min(size, 1L << limits.zstdWindowLog());
      case NONE, GZIP, COMPRESS, GRZIP, LRZIP, LZIP, LZMA, LZOP -> 0;
    };
  }

  private static DecoderFactory decoder(Compression compression, DecoderLimits limits)
      throws UnsupportedCompressionException {
    return switch (compression) {
      case BR -> BrotliDecoder::open;
      case BZIP2 -> Bzip2Decoder::open;
      case GZIP -> GzipDecoder::new;
      case LZ4 -> Lz4Decoder::open;
      case XZ -> source -> XzLibrary.inUse().open(source, limits);
      case ZSTD -> source -> new ZstdDecoder(source, limits.zstdWindowLog());
      case NONE -> OpenEndedStream::new;
      case COMPRESS, GRZIP, LRZIP, LZIP, LZMA, LZOP ->
          throw new UnsupportedCompressionException(compression, "decode");
    };
  }
}
