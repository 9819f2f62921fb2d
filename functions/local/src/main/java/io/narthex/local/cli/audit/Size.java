package io.narthex.local.cli.audit;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Bytes as people write them: {@code 512M}, {@code 2G}; and as they read them. */
record Size(long bytes) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})([KMGT]?)(i?B)?");
  private static final String UNITS = "KMGT";
  private static final int STEP = 1024;

  static Size parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new CommandLine.TypeConversionException("not a size like 512M or 2G: " + text);
    }
    long bytes = Long.parseLong(matcher.group(1));
    int unit = UNITS.indexOf(matcher.group(2));
    for (int i = 0; i <= unit && !matcher.group(2).isEmpty(); i++) {
      bytes = Math.multiplyExact(bytes, STEP);
    }
    return new Size(bytes);
  }

  /** E.g. {@code 1.4 GiB}. */
  @Override
  public String toString() {
    double value = bytes;
    int unit = -1;
    while (value >= 1000 && unit < UNITS.length() - 1) {
      value /= STEP;
      unit++;
    }
    return unit < 0
        ? bytes + " B"
        : String.format(Locale.ROOT, "%.1f %siB", value, UNITS.charAt(unit));
  }
}
