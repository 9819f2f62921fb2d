package io.narthex.index;

/** Hears what the function did. */
public interface IndexLog {
  /**
   * The index says what is so of this many paths.
   *
   * @param isCrowded whether its shards have become too large
   */
  void updated(int paths, boolean isCrowded, long elapsedMs, String requestId);

  /**
   * A message was not understood, or all of them failed: they will come again; or no rebuild could
   * be asked for.
   */
  void failed(Exception e, String requestId);
}
