package io.narthex.local.text;

import static java.util.Locale.ROOT;

/** Sizes for people, in powers of 1024. */
public final class ByteText {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private ByteText() {}

  /** E.g. {@code 1.4 GiB}; whole numbers below 1024. */
  public static String of(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(ROOT, "%.1f %s", size, UNITS[unit]);
  }
}
