package io.narthex.bench.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StorePathHash;
import java.util.OptionalLong;

/** Store hashes that rise with their numbers, one in each of as many equal parts of all hashes. */
final class SyntheticHashes {
  private static final int HEAD_BITS = 60;
  private static final int HEAD = 12;
  private static final int A_DIGIT = 5;
  private static final byte[] DIGITS = Nix32.ALPHABET.getBytes(ISO_8859_1);

  private final long count;
  private final long step;

  SyntheticHashes(long count) {
    this.count = count;
    this.step = (1L << HEAD_BITS) / count;
  }

  StorePathHash hash(long number) {
    return new StorePathHash(text(number));
  }

  private String text(long number) {
    var text = new byte[StorePathHash.LENGTH];
    write(number, text, 0);
    return new String(text, ISO_8859_1);
  }

  /** The 32 digits of a hash. */
  void write(long number, byte[] text, int at) {
    long random = SplitMix.mixed(number);
    digits(number * step + SplitMix.below(random, step), text, at, HEAD);
    digits(SplitMix.mixed(random), text, at + HEAD, StorePathHash.LENGTH - HEAD);
  }

  /** The lowest bits of a number as digits; of more than it has, it is turned round. */
  static void digits(long number, byte[] text, int at, int digits) {
    long left = number;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = DIGITS[(int) left & 31];
      left = Long.rotateRight(left, A_DIGIT);
    }
  }

  /** The number of a hash; empty if it is none of these. */
  OptionalLong number(String hash) {
    long number = Math.min(count - 1, head(hash) / step);
    return text(number).equals(hash) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /** The number of the first hash that is greater than a text; the count if none is. */
  long firstAfter(String text) {
    String padded = text.length() >= HEAD ? text : text + "0".repeat(HEAD - text.length());
    long number = Math.min(count, head(padded) / step);
    while (number > 0 && text(number - 1).compareTo(text) > 0) {
      number--;
    }
    while (number < count && text(number).compareTo(text) <= 0) {
      number++;
    }
    return number;
  }

  private static long head(String text) {
    long value = 0;
    for (int i = 0; i < HEAD; i++) {
      value = (value << A_DIGIT) | Nix32.digit(text.charAt(i));
    }
    return value;
  }
}
