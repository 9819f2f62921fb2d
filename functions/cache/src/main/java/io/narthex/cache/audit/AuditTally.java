package io.narthex.cache.audit;

import io.narthex.cache.verdict.CheckName;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The sums of an audit. It does not grow with the paths: what they name is counted apart only for
 * the first names, and the rest as {@link #OTHERS}. Safe for several threads.
 */
public final class AuditTally {
  /** What is counted under no name of its own. */
  public static final String OTHERS = "(others)";

  /** The signer of paths that no trusted key has signed. */
  public static final String NO_SIGNER = "(no trusted key)";

  /** How many names a table has at most. */
  public static final int MAX_NAMES = 1000;

  private static final int MAX_MISSED = 100_000;
  private static final int LARGEST = 20;

  private final EnumMap<AuditVerdict, Long> verdicts = new EnumMap<>(AuditVerdict.class);
  private final EnumMap<ArchiveRead, Long> archives = new EnumMap<>(ArchiveRead.class);
  private final EnumMap<CheckName, EnumMap<AuditFinding.Weight, Long>> checks =
      new EnumMap<>(CheckName.class);
  private final Map<String, Share> compressions = new HashMap<>();
  private final Map<String, Share> signers = new HashMap<>();
  private final NavigableMap<Integer, Share> sizes = new TreeMap<>();
  private final Map<MissedReference, Long> missed = new HashMap<>();
  private final PriorityQueue<Large> largest = new PriorityQueue<>(Large.LARGEST_FIRST.reversed());
  private long warned;
  private long unread;
  private long incomplete;

  /** One of the largest paths. */
  record Large(String storePath, long fileSize, long narSize) {
    /** Of the same size, in the order of their paths: in whatever order they were counted. */
    static final Comparator<Large> LARGEST_FIRST =
        Comparator.comparingLong(Large::narSize).reversed().thenComparing(Large::storePath);
  }

  /** Counts one path, once. */
  public synchronized void add(AuditedPath path) {
    verdicts.merge(path.verdict(), 1L, Long::sum);
    warned += path.isWarned() ? 1 : 0;
    unread += path.isUnread() ? 1 : 0;
    path.findings().stream()
        .map(finding -> Map.entry(finding.finding().check(), finding.weight()))
        .distinct()
        .forEach(seen -> check(seen.getKey()).merge(seen.getValue(), 1L, Long::sum));
    path.misses().forEach(this::miss);
    incomplete += path.misses().isEmpty() ? 0 : 1;
    ArchiveRead archive = path.sizes().map(PathSizes::archive).orElse(ArchiveRead.NOT_READ);
    archives.merge(archive, 1L, Long::sum);
    path.sizes().ifPresent(found -> size(path, found));
  }

  private EnumMap<AuditFinding.Weight, Long> check(CheckName name) {
    return checks.computeIfAbsent(name, key -> new EnumMap<>(AuditFinding.Weight.class));
  }

  private void miss(MissedReference reference) {
    if (missed.size() < MAX_MISSED || missed.containsKey(reference)) {
      missed.merge(reference, 1L, Long::sum);
    }
  }

  private void size(AuditedPath path, PathSizes found) {
    count(compressions, found.compression(), found);
    List<String> names = found.signers().isEmpty() ? List.of(NO_SIGNER) : found.signers();
    names.forEach(signer -> count(signers, signer, found));
    int exponent = Long.SIZE - Long.numberOfLeadingZeros(found.narSize());
    sizes.merge(exponent, Share.NONE.with(found), (all, one) -> all.with(found));
    largest.add(
        new Large(path.storePath().orElse(path.hash().nix32()), found.fileSize(), found.narSize()));
    if (largest.size() > LARGEST) {
      largest.remove();
    }
  }

  private static void count(Map<String, Share> shares, String name, PathSizes found) {
    String counted = shares.size() < MAX_NAMES || shares.containsKey(name) ? name : OTHERS;
    shares.put(counted, shares.getOrDefault(counted, Share.NONE).with(found));
  }

  /** How many paths were counted. */
  public synchronized long paths() {
    return verdicts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many of them have this verdict. */
  public synchronized long paths(AuditVerdict verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }

  /** Of how many of them the NAR was read, or was not. */
  public synchronized long paths(ArchiveRead archive) {
    return archives.getOrDefault(archive, 0L);
  }

  /** How many of them have a warning, whatever their verdict. */
  public synchronized long warned() {
    return warned;
  }

  /** How many of the unchecked ones were not to be read, with nothing else against them. */
  public synchronized long unread() {
    return unread;
  }

  /** How many of them have a closure that misses something, whatever their verdict. */
  public synchronized long incomplete() {
    return incomplete;
  }

  /** How many paths have a finding of this check and weight. */
  public synchronized long paths(CheckName check, AuditFinding.Weight weight) {
    return checks.containsKey(check) ? check(check).getOrDefault(weight, 0L) : 0;
  }

  /** By compression, the one with most bytes first. */
  synchronized SequencedMap<String, Share> compressions() {
    return bySize(compressions);
  }

  /** By trusted signer; a path with two signers is in two of them. */
  synchronized SequencedMap<String, Share> signers() {
    return bySize(signers);
  }

  /** By size: those of {@code n} have archives of less than 2 to the {@code n} bytes. */
  synchronized NavigableMap<Integer, Share> sizes() {
    return new TreeMap<>(sizes);
  }

  /** The largest archives, largest first. */
  synchronized List<Large> largest() {
    return largest.stream().sorted(Large.LARGEST_FIRST).toList();
  }

  /** What closures miss and how many paths refer to it, most missed first. */
  synchronized List<Map.Entry<MissedReference, Long>> missed() {
    Comparator<Map.Entry<MissedReference, Long>> most =
        Map.Entry.<MissedReference, Long>comparingByValue().reversed();
    return missed.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .sorted(most.thenComparing(entry -> entry.getKey().path().toString()))
        .limit(MAX_NAMES)
        .toList();
  }

  private static SequencedMap<String, Share> bySize(Map<String, Share> shares) {
    var sorted = new LinkedHashMap<String, Share>();
    shares.entrySet().stream()
        .sorted(
            Map.Entry.<String, Share>comparingByValue(Comparator.comparingLong(Share::narBytes))
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
