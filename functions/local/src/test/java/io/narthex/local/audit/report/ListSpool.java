package io.narthex.local.audit.report;

import io.narthex.cache.audit.Spool;
import java.util.ArrayList;
import java.util.List;

/** Records in memory. */
final class ListSpool implements Spool {
  private final List<byte[]> records = new ArrayList<>();

  @Override
  public long append(byte[] bytes) {
    records.add(bytes.clone());
    return records.size() - 1L;
  }

  @Override
  public byte[] read(long at) {
    return records.get(Math.toIntExact(at)).clone();
  }

  @Override
  public long next(long at) {
    return at + 1;
  }

  @Override
  public long end() {
    return records.size();
  }

  @Override
  public void close() {}
}
