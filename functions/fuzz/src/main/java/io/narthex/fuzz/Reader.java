package io.narthex.fuzz;

/** Something that reads bytes of others. */
@FunctionalInterface
public interface Reader {
  /** Reads; what it throws must be of a kind that it declares. */
  void read(byte[] input) throws Exception;

  /**
   * Has it read. An exception of the declared kind is an answer like any other.
   *
   * @throws IllegalStateException for another checked one
   */
  static void check(byte[] input, Class<? extends Exception> declared, Reader reader) {
    try {
      reader.read(input);
    } catch (RuntimeException e) {
      if (!declared.isInstance(e)) {
        throw e;
      }
    } catch (Exception e) {
      if (!declared.isInstance(e)) {
        throw new IllegalStateException("undeclared", e);
      }
    }
  }
}
