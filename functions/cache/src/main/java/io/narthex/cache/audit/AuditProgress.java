package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How far an audit is; read by others while it runs. */
public final class AuditProgress {
  private final AtomicLong paths = new AtomicLong();
  private final AtomicLong narInfos = new AtomicLong();
  private final AtomicLong pathsDone = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong bytesDone = new AtomicLong();
  private final Collection<String> current = ConcurrentHashMap.newKeySet();
  private volatile Phase phase = Phase.LISTING;

  /** What an audit does one after the other. */
  public enum Phase {
    LISTING,
    NARINFOS,
    NARS,
    CLOSURES
  }

  /** What it does now. */
  public Phase phase() {
    return phase;
  }

  /** How many paths there are; grows while they are listed. */
  public long paths() {
    return paths.get();
  }

  /** Of how many paths the narinfo was read. */
  public long narInfos() {
    return narInfos.get();
  }

  /** How many paths are done but for their closure. */
  public long pathsDone() {
    return pathsDone.get();
  }

  /** Bytes of all NARs as stored, as the narinfos say. */
  public long bytes() {
    return bytes.get();
  }

  /** How many of those were read, or need not be. */
  public long bytesDone() {
    return bytesDone.get();
  }

  /** What is being read, a few names. */
  public List<String> current() {
    return current.stream().limit(4).toList();
  }

  /** From now on this is done. */
  void enter(Phase next) {
    phase = requireNonNull(next, "next is null");
  }

  /** One more path was found. */
  void listed() {
    paths.incrementAndGet();
  }

  /** So many paths there are in all. */
  void planned(long all) {
    paths.set(all);
  }

  void narInfo() {
    narInfos.incrementAndGet();
  }

  void path() {
    pathsDone.incrementAndGet();
  }

  void toRead(long more) {
    bytes.addAndGet(more);
  }

  void read(long more) {
    bytesDone.addAndGet(more);
  }

  void begin(String name) {
    current.add(name);
  }

  void end(String name) {
    current.remove(name);
  }
}
