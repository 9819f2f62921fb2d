package io.narthex.cache.audit;

/**
 * Records that are appended and read again, kept outside of the heap. Several threads may append
 * and read at once.
 */
public interface Spool extends AutoCloseable {
  /**
   * Appends a record.
   *
   * @return where it is
   */
  long append(byte[] bytes);

  /** The record at a place that {@link #append} or {@link #next} has named. */
  byte[] read(long at);

  /** Visits all records that are there when it begins, in their order. */
  default void forEach(Visitor visitor) {
    long end = end();
    for (long at = 0; at < end; at = next(at)) {
      visitor.visit(at, read(at));
    }
  }

  /** Is shown one record and where it is. */
  @FunctionalInterface
  interface Visitor {
    void visit(long at, byte[] record);
  }

  /** Where the record after this one is, or the end. */
  long next(long at);

  /** Where the next record will be; 0 if there is none yet. */
  long end();

  /** Gives the records up. */
  @Override
  void close();
}
