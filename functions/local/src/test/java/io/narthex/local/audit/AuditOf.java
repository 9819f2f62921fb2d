package io.narthex.local.audit;

import io.narthex.cache.audit.ArchiveRead;
import io.narthex.cache.audit.Audit;
import io.narthex.cache.audit.AuditOptions;
import io.narthex.cache.audit.AuditProgress;
import io.narthex.cache.audit.AuditState;
import io.narthex.cache.audit.AuditedCache;
import io.narthex.cache.audit.AuditedPath;
import io.narthex.cache.audit.PathSet;
import io.narthex.cache.audit.PathSizes;
import io.narthex.cache.audit.Patience;
import io.narthex.cache.audit.ReferencesElsewhere;
import io.narthex.cache.audit.StopSignal;
import io.narthex.cache.settings.Settings;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SignatureVerifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A full audit in this process, whose pauses take no time. What it says does not tell whether it
 * has read a NAR itself or one before it.
 */
final class AuditOf {
  private static final int ATTEMPTS = 5;
  private static final int JOBS = 4;
  private static final long MEMORY = 256L << 20;

  private final AuditedCache cache;
  private final PublicKey trusted;
  private final Path scratch;
  private AuditState state = AuditState.NONE;
  private StopSignal stop = new StopSignal();

  /**
   * @param scratch a folder for what it knows meanwhile
   */
  AuditOf(AuditedCache cache, PublicKey trusted, Path scratch) {
    this.cache = cache;
    this.trusted = trusted;
    this.scratch = scratch;
  }

  AuditOf with(AuditState known) {
    state = known;
    return this;
  }

  /** One that can be stopped: what it says then is about some paths only. */
  AuditOf stoppedBy(StopSignal signal) {
    stop = signal;
    return this;
  }

  /** What it says of all paths of a cache that can be listed. */
  SortedMap<StorePathHash, AuditedPath> all() {
    try (FileScratch kept = FileScratch.in(scratch)) {
      Audit audit = audit(kept, false);
      return run(audit, audit.all());
    }
  }

  /** What it says of these paths. */
  SortedMap<StorePathHash, AuditedPath> of(Collection<StorePathHash> paths) {
    try (FileScratch kept = FileScratch.in(scratch)) {
      var named = new PathSet.Builder(kept);
      paths.forEach(named::add);
      return run(audit(kept, true), named.build());
    }
  }

  private SortedMap<StorePathHash, AuditedPath> run(Audit audit, PathSet paths) {
    var found = new ConcurrentHashMap<StorePathHash, AuditedPath>();
    boolean complete =
        audit.run(
            paths,
            judged -> {
              if (found.put(judged.path().hash(), asRead(judged.path())) != null) {
                throw new IllegalStateException("told twice of " + judged.path().hash());
              }
            });
    if (complete == stop.isRequested()) {
      throw new IllegalStateException("whether it is complete is not known");
    }
    return new TreeMap<>(found);
  }

  private static AuditedPath asRead(AuditedPath path) {
    return new AuditedPath(
        path.hash(),
        path.storePath(),
        path.verdict(),
        path.why(),
        path.findings(),
        path.sizes().map(AuditOf::asRead),
        path.misses());
  }

  private static PathSizes asRead(PathSizes sizes) {
    ArchiveRead archive = sizes.archive() == ArchiveRead.KNOWN ? ArchiveRead.READ : sizes.archive();
    return new PathSizes(
        sizes.compression(), sizes.fileSize(), sizes.narSize(), sizes.signers(), archive);
  }

  private Audit audit(FileScratch kept, boolean isPartial) {
    Settings settings = Settings.trusting(List.of(trusted));
    var options =
        new AuditOptions(
            settings,
            false,
            isPartial,
            isPartial,
            JOBS,
            MEMORY,
            new Patience(ATTEMPTS, Duration.ofMillis(1), pause -> {}),
            SignatureVerifier.jdk());
    var outside =
        new ReferencesElsewhere(cache, isPartial, (upstream, hash) -> Optional.empty(), settings);
    return new Audit(cache, options, kept, state, outside, new AuditProgress(), stop);
  }
}
