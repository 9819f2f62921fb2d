package io.narthex.nix.codec;

/**
 * How much a stream may make a decoder take. A stream that asks for more memory is corrupt to us.
 *
 * @param xzMemory bytes for the dictionary and tables of an xz stream
 * @param xzThreads how many blocks of an xz stream are decoded side by side, where the library can
 *     and the memory suffices for more than one
 * @param zstdWindowLog base-2 logarithm of the window of a zstd frame, 10 to 31
 */
public record DecoderLimits(int xzMemory, int xzThreads, int zstdWindowLog) {
  /**
   * 96 MiB for xz (its level 9 needs 65), one thread, and a window of 128 MiB for zstd as in zstd
   * itself.
   */
  public static final DecoderLimits DEFAULT = new DecoderLimits(96 << 20, 1, 27);

  public DecoderLimits {
    if (xzMemory <= 0) {
      throw new IllegalArgumentException("xzMemory " + xzMemory);
    }
    if (xzThreads < 1) {
      throw new IllegalArgumentException("xzThreads " + xzThreads);
    }
    if (zstdWindowLog < 10 || zstdWindowLog > 31) {
      throw new IllegalArgumentException("zstdWindowLog " + zstdWindowLog);
    }
  }

  /** The same for streams whose blocks may be decoded side by side. */
  public DecoderLimits withXzThreads(int threads) {
    return new DecoderLimits(xzMemory, threads, zstdWindowLog);
  }
}
