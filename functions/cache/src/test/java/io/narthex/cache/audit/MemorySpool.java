package io.narthex.cache.audit;

import java.util.ArrayList;
import java.util.List;

/** Records on the heap. */
final class MemorySpool implements Spool {
  private final List<byte[]> records = new ArrayList<>();

  @Override
  public synchronized long append(byte[] bytes) {
    records.add(bytes.clone());
    return records.size() - 1L;
  }

  @Override
  public synchronized byte[] read(long at) {
    return records.get((int) at).clone();
  }

  @Override
  public long next(long at) {
    return at + 1;
  }

  @Override
  public synchronized long end() {
    return records.size();
  }

  @Override
  public void close() {}
}
