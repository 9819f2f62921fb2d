package io.narthex.nix.codec;

/**
 * What liblzma answers.
 *
 * @see <a href="https://tukaani.org/xz/liblzma-api/base_8h.html">liblzma, lzma_ret</a>
 */
final class LzmaCode {
  static final int OK = 0;
  static final int STREAM_END = 1;
  static final int MEM_ERROR = 5;
  static final int BUF_ERROR = 10;

  private static final int UNSUPPORTED_CHECK = 3;
  private static final int MEMLIMIT_ERROR = 6;
  private static final int FORMAT_ERROR = 7;
  private static final int OPTIONS_ERROR = 8;
  private static final int DATA_ERROR = 9;

  private LzmaCode() {}

  /** An error in words. */
  static String reason(int code) {
    return switch (code) {
      case UNSUPPORTED_CHECK -> "its check is of an unknown kind";
      case MEMLIMIT_ERROR -> "it needs more memory than it may";
      case FORMAT_ERROR -> "not in the xz format";
      case OPTIONS_ERROR -> "its options are not supported";
      case DATA_ERROR -> "its data are corrupt";
      default -> "liblzma says " + code;
    };
  }
}
