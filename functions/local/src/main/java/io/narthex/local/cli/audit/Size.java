package io.narthex.local.cli.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Bytes as people write them: {@code 512M}, {@code 2G}. */
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
}
