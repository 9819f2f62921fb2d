package io.narthex.index;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexCheck;
import io.narthex.cache.index.IndexCheck.Drift;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.index.Slice;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.path.StorePathHash;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;

/** The steps of rebuilds and checks: each may be stopped anywhere and run again. */
public final class IndexTasks {
  /** After so long the message about an upload has been done with, unless there are very many. */
  static final Duration SETTLING = Duration.ofMinutes(1);

  private final Rebuild rebuild;
  private final IndexCheck check;
  private final Retries.Sleep sleep;

  /** Steps on the index of a cache in its state bucket; pauses as the one who calls wants them. */
  public IndexTasks(
      VersionedStore cache, ObjectStore state, Retries retries, Clock clock, Retries.Sleep sleep) {
    this.rebuild = new Rebuild(cache, state, retries, clock);
    this.check = new IndexCheck(cache, state, retries);
    this.sleep = requireNonNull(sleep, "sleep is null");
  }

  static IndexTasks of(IndexConfig config) {
    S3Client s3 = S3Clients.client(config.s3());
    return new IndexTasks(
        new S3VersionedStore(s3, config.cacheBucket()),
        new S3ObjectStore(s3, config.stateBucket()),
        IndexWiring.retries(),
        Clock.systemUTC(),
        IndexWiring::pause);
  }

  /**
   * Does one of them.
   *
   * @throws io.narthex.cache.store.StoreException if the store failed, or a step before this one
   *     was not done
   */
  Done run(IndexTask task) {
    return switch (task) {
      case IndexTask.Begin(var depth) ->
          begun(depth.isPresent() ? rebuild.begin(depth.getAsInt()) : rebuild.begin());
      case IndexTask.Build(var generation, var piece) ->
          Done.of(new TaskAnswer.Built(rebuild.build(generation, piece)));
      case IndexTask.Sort(var generation, var partition) ->
          Done.of(new TaskAnswer.Built(rebuild.sort(generation, partition)));
      case IndexTask.Finish(var generation) -> finished(rebuild.finish(generation));
      case IndexTask.Expire() -> Done.of(new TaskAnswer.Expired(rebuild.expire()));
      case IndexTask.Survey(var isRepairing) -> surveyed(isRepairing);
      case IndexTask.Check(var generation, var piece, var isRepairing) ->
          checked(generation, piece, isRepairing);
      case IndexTask.Report(var paths, var drift) -> Done.of(new TaskAnswer.Checked(paths, drift));
    };
  }

  /**
   * What a step came to.
   *
   * @param drift the paths that a check found to differ
   */
  record Done(TaskAnswer answer, Map<StorePathHash, Drift> drift) {
    Done {
      requireNonNull(answer, "answer is null");
      drift = Map.copyOf(drift);
    }

    static Done of(TaskAnswer answer) {
      return new Done(answer, Map.of());
    }
  }

  private Done begun(Generation generation) {
    return Done.of(
        new TaskAnswer.Begun(
            generation, rebuild.pieces(generation), rebuild.partitions(generation)));
  }

  private static Done finished(Rebuild.Finished finished) {
    return Done.of(new TaskAnswer.Finished(finished.generation(), finished.paths()));
  }

  private Done surveyed(boolean isRepairing) {
    Optional<Generation> served = check.served();
    List<Slice> pieces = served.map(check::pieces).orElse(List.of());
    return Done.of(new TaskAnswer.Surveyed(served, pieces, isRepairing));
  }

  private Done checked(Generation generation, Slice piece, boolean isRepairing) {
    IndexCheck.Checked first = check.check(generation, piece);
    Map<StorePathHash, Drift> drift = first.drift();
    if (isRepairing) {
      check.repair(drift);
    } else if (!drift.isEmpty()) {
      drift = lasting(generation, piece, drift);
    }
    return new Done(new TaskAnswer.Checked(first.paths(), drift.size()), drift);
  }

  /**
   * Without what was on its way when it was looked at first; all of it if the generation is read no
   * more after that, for nobody keeps it right.
   */
  private Map<StorePathHash, Drift> lasting(
      Generation generation, Slice piece, Map<StorePathHash, Drift> drift) {
    sleep.sleep(SETTLING);
    Map<StorePathHash, Drift> second = check.check(generation, piece).drift();
    if (!check.served().equals(Optional.of(generation))) {
      return drift;
    }
    var lasting = new TreeMap<>(second);
    lasting.entrySet().retainAll(drift.entrySet());
    return lasting;
  }
}
