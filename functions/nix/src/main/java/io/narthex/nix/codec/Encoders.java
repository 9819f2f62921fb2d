package io.narthex.nix.codec;

import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Opens streams that compress. */
public final class Encoders {
  private static final int LZ4_FIRST_HIGH = 3;

  private Encoders() {}

  /** Compresses at the level that the format's own program uses when none is given. */
  public static OutputStream open(Compression compression, OutputStream target)
      throws IOException, UnsupportedCompressionException {
    return open(compression, target, defaultLevel(compression));
  }

  /**
   * A stream that writes compressed bytes to the target. Closing it ends the compressed stream and
   * closes the target.
   *
   * @param level as the format's own program counts: xz 0 to 9, zstd 1 to 22, gzip and bzip2 1 to
   *     9, lz4 1 to 17; not looked at for none
   * @throws UnsupportedCompressionException for what cannot be decoded, and for br
   * @throws IllegalArgumentException when the format has no such level
   */
  public static OutputStream open(Compression compression, OutputStream target, int level)
      throws IOException, UnsupportedCompressionException {
    requireNonNull(target, "target is null");
    return switch (compression) {
      case NONE -> target;
      case XZ -> new XZOutputStream(target, new LZMA2Options(inRange(level, 0, 9)));
      case ZSTD -> new ZstdOutputStream(target, inRange(level, 1, 22)).setChecksum(true);
      case GZIP -> gzip(target, inRange(level, 1, 9));
      case BZIP2 -> new BZip2CompressorOutputStream(target, inRange(level, 1, 9));
      case LZ4 -> lz4(target, inRange(level, 1, 17));
      case BR, COMPRESS, GRZIP, LRZIP, LZIP, LZMA, LZOP ->
          throw new UnsupportedCompressionException(compression, "encode");
    };
  }

  private static int defaultLevel(Compression compression) {
    return switch (compression) {
      case ZSTD -> 3;
      case BZIP2 -> 9;
      case LZ4 -> 1;
      case XZ, GZIP, NONE, BR, COMPRESS, GRZIP, LRZIP, LZIP, LZMA, LZOP -> 6;
    };
  }

  private static OutputStream gzip(OutputStream target, int level) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(level);
    return new GzipCompressorOutputStream(target, parameters);
  }

  private static OutputStream lz4(OutputStream target, int level) throws IOException {
    LZ4Factory factory = LZ4Factory.fastestInstance();
    LZ4Compressor compressor =
        level < LZ4_FIRST_HIGH ? factory.fastCompressor() : factory.highCompressor(level);
    return new LZ4FrameOutputStream(
        target,
        LZ4FrameOutputStream.BLOCKSIZE.SIZE_4MB,
        -1,
        compressor,
        XXHashFactory.fastestInstance().hash32(),
        LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE,
        LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM);
  }

  private static int inRange(int level, int lowest, int highest) {
    if (level < lowest || level > highest) {
      throw new IllegalArgumentException(
          "level " + level + ", expected " + lowest + " to " + highest);
    }
    return level;
  }
}
