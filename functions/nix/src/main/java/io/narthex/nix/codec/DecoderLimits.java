package io.narthex.nix.codec;

/**
 * How much memory a stream may make a decoder take. A stream that asks for more is corrupt to us.
 *
 * @param xzMemory bytes for the dictionary and tables of an xz stream
 * @param zstdWindowLog base-2 logarithm of the window of a zstd frame, 10 to 31
 */
public record DecoderLimits(int xzMemory, int zstdWindowLog) {
  /** 96 MiB for xz (its level 9 needs 65), a window of 128 MiB for zstd as in zstd itself. */
  public static final DecoderLimits DEFAULT = new DecoderLimits(96 << 20, 27);

  public DecoderLimits {
    if (xzMemory <= 0) {
      throw new IllegalArgumentException("xzMemory " + xzMemory);
    }
    if (zstdWindowLog < 10 || zstdWindowLog > 31) {
      throw new IllegalArgumentException("zstdWindowLog " + zstdWindowLog);
    }
  }
}
