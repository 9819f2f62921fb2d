package io.narthex.nix.nar;

/** Takes a stream of bytes in pieces. */
@FunctionalInterface
public interface ByteSink {
  /**
   * The next bytes; only valid during the call.
   *
   * @param buffer not to be changed or kept
   */
  void feed(byte[] buffer, int offset, int length);
}
