package io.narthex.cache.index;

/**
 * Some bytes of an array, which is not copied.
 *
 * @param from where they begin
 * @param to behind the last of them
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one to the next, never compared
record Span(byte[] array, int from, int to) {
  Span {
    if (from < 0 || to < from || to > array.length) {
      throw new IllegalArgumentException(from + " to " + to + " of " + array.length);
    }
  }

  /** How many there are. */
  int length() {
    return to - from;
  }
}
