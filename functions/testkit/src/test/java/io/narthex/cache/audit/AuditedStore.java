package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.SignatureVerifier;
import io.narthex.testkit.HeapScratch;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A cache in memory, and audits of it. */
final class AuditedStore {
  final SampleStore samples = new SampleStore(1);
  final MemoryStore store = new MemoryStore(new MovableClock());
  final List<SamplePath> paths = new ArrayList<>();
  final StopSignal stop = new StopSignal();
  AuditState state = AuditState.NONE;
  Outside outside = path -> false;
  boolean quick;

  /** Uploads a path. */
  SamplePath with(SamplePath path) {
    path.uploadTo(store);
    paths.add(path);
    return path;
  }

  Settings settings() {
    return settings(List.of());
  }

  Settings settings(List<UpstreamCache> upstreams) {
    return new Settings(
        StoreDir.DEFAULT,
        List.of(samples.publicKey()),
        1,
        ClosureMode.STRICT,
        UndeclaredMode.WARN,
        upstreams,
        Settings.DEFAULT_MAX_NAR_SIZE,
        Duration.ZERO,
        Settings.DEFAULT_PRIORITY,
        Duration.ZERO);
  }

  AuditOptions options() {
    return new AuditOptions(
        settings(),
        quick,
        false,
        false,
        2,
        1 << 28,
        new Patience(3, Duration.ofMillis(2), pause -> {}),
        SignatureVerifier.jdk());
  }

  /** Audits all of it. */
  Found audit() {
    return audit(new StoreCache(store, "", 4));
  }

  /** Audits all of a cache. */
  Found audit(AuditedCache cache) {
    List<AuditedPath> found = new ArrayList<>();
    Audit audit =
        new Audit(cache, options(), new HeapScratch(), state, outside, new AuditProgress(), stop);
    audit.run(audit.all(), judged -> found.add(judged.path()));
    return new Found(found.stream().collect(Collectors.toMap(AuditedPath::hash, path -> path)));
  }

  /** What an audit said. */
  record Found(Map<StorePathHash, AuditedPath> paths) {
    AuditedPath of(SamplePath path) {
      return requireNonNull(paths.get(path.storePath().hash()), "nothing was said of it");
    }

    /** Whether their NARs were read, of those whose narinfo could be. */
    List<ArchiveRead> archives() {
      return all().stream().flatMap(path -> path.sizes().stream()).map(PathSizes::archive).toList();
    }

    Map<StorePathHash, AuditVerdict> verdicts() {
      return all().stream().collect(Collectors.toMap(AuditedPath::hash, AuditedPath::verdict));
    }

    Collection<AuditedPath> all() {
      return paths.values();
    }
  }

  /** What an audit says of one path. */
  AuditedPath audited(SamplePath path) {
    return audit().of(path);
  }
}
