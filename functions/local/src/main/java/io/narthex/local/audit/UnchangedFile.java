package io.narthex.local.audit;

import io.narthex.cache.store.CountedBytes;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file, which fail at their end if it has changed since it was opened. */
final class UnchangedFile extends CountedBytes {
  private final long size;
  private final Check isUnchanged;

  /** Looks at the file again. */
  @FunctionalInterface
  interface Check {
    boolean holds() throws IOException;
  }

  UnchangedFile(InputStream in, long size, Check isUnchanged) {
    super(in);
    this.size = size;
    this.isUnchanged = isUnchanged;
  }

  @Override
  protected void ended() throws IOException {
    if (count() != size || !isUnchanged.holds()) {
      throw new IOException("it changed while it was read");
    }
  }
}
