package io.narthex.nix.nar;

/**
 * Takes decoded bytes to their sink, a buffer at a time. The caller fills {@link #buffer} and says
 * so by {@link #send}; afterwards it must ask for the buffer again.
 */
interface Lane extends AutoCloseable {
  /** An empty buffer. */
  byte[] buffer();

  /** Sends the first bytes of the buffer that was asked for last. */
  void send(int length);

  /**
   * Returns when the sink has had everything.
   *
   * @throws RuntimeException what the sink threw
   */
  @Override
  void close();

  /** A lane that ends in a sink in the caller's own thread. */
  static Lane direct(ByteSink sink, int size) {
    byte[] buffer = new byte[size];
    return new Lane() {
      @Override
      public byte[] buffer() {
        return buffer;
      }

      @Override
      public void send(int length) {
        sink.feed(buffer, 0, length);
      }

      @Override
      public void close() {
        // Everything was fed as it was sent.
      }
    };
  }
}
