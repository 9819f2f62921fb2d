package io.narthex.testkit;

import io.narthex.cache.audit.Scratch;
import io.narthex.cache.audit.Spool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A scratch in memory, for small audits. */
public final class HeapScratch implements Scratch {
  @Override
  public Spool spool(String name) {
    return new Records();
  }

  @Override
  public MemorySegment memory(String name, long bytes) {
    return Arena.ofAuto().allocate(bytes);
  }

  @Override
  public void close() {}

  private static final class Records implements Spool {
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
}
