package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.MemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What uploaders, the verifying function and operators do to paths: few different things, so that
 * what was so before is often so again.
 */
final class WorldChanges {
  private final MemoryStore cache;
  private final MemoryStore state;
  private final Clock clock;
  private final RandomGenerator random;

  WorldChanges(MemoryStore cache, MemoryStore state, Clock clock, RandomGenerator random) {
    this.cache = requireNonNull(cache, "cache is null");
    this.state = requireNonNull(state, "state is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** Any of them. */
  void change(StorePathHash hash) {
    switch (random.nextInt(10)) {
      case 0, 1 -> upload(hash);
      case 2, 3, 4, 5 -> judge(hash, VerdictTag.VERIFIED);
      case 6, 7 -> judge(hash, VerdictTag.WAITING);
      case 8 -> reject(hash, random.nextInt(4) == 0 ? Standing.REMOVED : Standing.REJECTED);
      default -> cache.delete(new NarInfoPath(hash).key());
    }
  }

  void upload(StorePathHash hash) {
    byte[] bytes = random.nextInt(10) == 0 ? "no narinfo".getBytes(UTF_8) : narInfo(hash);
    cache.upload(new NarInfoPath(hash).key().value(), bytes);
  }

  void uploadReadable(StorePathHash hash) {
    cache.upload(new NarInfoPath(hash).key().value(), narInfo(hash));
  }

  private void judge(StorePathHash hash, VerdictTag verdict) {
    Tags tags = random.nextInt(4) == 0 ? Tags.NONE.with("team", "a") : Tags.NONE;
    tag(hash, verdict.on(tags));
  }

  /** Tags what is there now, if anything is. */
  void tag(StorePathHash hash, Tags tags) {
    Optional<TaggedVersion> current = cache.tags(new NarInfoPath(hash).key());
    current.ifPresent(there -> cache.tag(new NarInfoPath(hash).key(), there.version(), tags));
  }

  /** A report, and no narinfo. */
  void reject(StorePathHash hash, Standing standing) {
    var key = new NarInfoPath(hash).key();
    Optional<VersionId> version = cache.tags(key).map(TaggedVersion::version);
    var reports = new Reports(state);
    reports.replace(
        reports.read(hash), report(hash, standing, version.orElse(VersionId.UNVERSIONED)));
    version.ifPresent(there -> cache.delete(key, there));
  }

  private Report report(StorePathHash hash, Standing standing, VersionId version) {
    return new Report(
        hash,
        Optional.empty(),
        standing,
        version,
        clock.instant(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "settings",
        List.of(),
        Optional.empty(),
        List.of(),
        clock.instant());
  }

  private byte[] narInfo(StorePathHash hash) {
    return """
        StorePath: /nix/store/%s-path-%d
        URL: nar/%s.nar.xz
        Compression: xz
        FileSize: 1000
        NarHash: sha256:0000000000000000000000000000000000000000000000000000
        NarSize: %d
        References: %s-other
        Sig: key-%d:c2ln
        """
        .formatted(hash, random.nextInt(2), hash, 1 + random.nextInt(2), hash, random.nextInt(2))
        .getBytes(UTF_8);
  }
}
