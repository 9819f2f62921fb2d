package io.narthex.cache.audit;

import java.lang.foreign.MemorySegment;

/** Where an audit keeps what it knows of paths: a place that may be larger than the heap. */
public interface Scratch extends AutoCloseable {
  /**
   * A new spool.
   *
   * @param name for people, e.g. {@code narinfos}
   */
  Spool spool(String name);

  /**
   * Bytes that are all zero, for several threads, as long as the scratch is open.
   *
   * @param name for people
   */
  MemorySegment memory(String name, long bytes);

  /** Gives all of it up. */
  @Override
  void close();
}
