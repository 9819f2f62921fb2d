package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Lines of JSON as bytes, to which more are added. What stands between the values is written as it
 * is; the values are written as Jackson does, which escapes no more than it must.
 */
final class LineBuffer {
  private static final int LAST_YEAR = 9999;

  private byte[] bytes;
  private int size;

  /**
   * An empty one.
   *
   * @param expected about how many bytes it will have
   */
  LineBuffer(int expected) {
    this.bytes = new byte[expected];
  }

  static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /** What stands before the value of a field that is not the first one. */
  static byte[] field(String name) {
    return ascii(",\"" + name + "\":");
  }

  /** How many bytes there are. */
  int size() {
    return size;
  }

  /** The array in which they are, the first ones of it. */
  byte[] array() {
    return bytes;
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) (size * 1.5)));
    }
  }

  private void raw(char character) {
    reserve(1);
    bytes[size++] = (byte) character;
  }

  /** JSON as it is. */
  void raw(byte[] json) {
    raw(json, 0, json.length);
  }

  /** A part of a text that is JSON. */
  void raw(byte[] json, int start, int end) {
    reserve(end - start);
    System.arraycopy(json, start, bytes, size, end - start);
    size += end - start;
  }

  void number(long value) {
    raw(ascii(Long.toString(value)));
  }

  /** A text in quotes. */
  void text(String value) {
    int length = value.length();
    reserve(length + 2);
    bytes[size] = '"';
    boolean isPlain = true;
    for (int i = 0; i < length; i++) {
      char character = value.charAt(i);
      isPlain &= isPlain(character);
      bytes[size + 1 + i] = (byte) character;
    }
    if (isPlain) {
      bytes[size + 1 + length] = '"';
      size += length + 2;
    } else {
      escaped(value);
    }
  }

  private static boolean isPlain(char character) {
    return character >= ' ' && character <= '~' && character != '"' && character != '\\';
  }

  private void escaped(String value) {
    raw('"');
    raw(JsonStringEncoder.getInstance().quoteAsUTF8(value));
    raw('"');
  }

  /** An array of texts. */
  void texts(List<String> values) {
    raw('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        raw(',');
      }
      text(values.get(i));
    }
    raw(']');
  }

  /** An object whose fields are texts, in their order; there is one at least. */
  void texts(Map<String, String> fields) {
    char before = '{';
    for (Map.Entry<String, String> field : fields.entrySet()) {
      raw(before);
      text(field.getKey());
      raw(':');
      text(field.getValue());
      before = ',';
    }
    raw('}');
  }

  /** A time as a text, as {@link Instant#toString} has it. */
  void time(Instant value) {
    LocalDateTime time = LocalDateTime.ofInstant(value, ZoneOffset.UTC);
    if (time.getNano() != 0 || time.getYear() < 0 || time.getYear() > LAST_YEAR) {
      text(value.toString());
      return;
    }
    raw('"');
    twoDigits(time.getYear() / 100);
    twoDigits(time.getYear() % 100);
    twoDigits('-', time.getMonthValue());
    twoDigits('-', time.getDayOfMonth());
    twoDigits('T', time.getHour());
    twoDigits(':', time.getMinute());
    twoDigits(':', time.getSecond());
    raw('Z');
    raw('"');
  }

  private void twoDigits(char before, int number) {
    raw(before);
    twoDigits(number);
  }

  private void twoDigits(int number) {
    raw((char) ('0' + number / 10));
    raw((char) ('0' + number % 10));
  }
}
