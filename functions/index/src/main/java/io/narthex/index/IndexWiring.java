package io.narthex.index;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.states.StateMachine;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The function's objects, put together by hand, once.
 *
 * @param update behind the queue
 * @param isAbsent whether there is no index yet that somebody should build
 * @param rebuild is asked for when there is none, or its shards have become too large
 */
public record IndexWiring(IndexUpdate update, BooleanSupplier isAbsent, Runnable rebuild) {
  public IndexWiring {
    requireNonNull(update, "update is null");
    requireNonNull(isAbsent, "isAbsent is null");
    requireNonNull(rebuild, "rebuild is null");
  }

  static IndexWiring of(IndexConfig config) {
    S3Client s3 = S3Clients.client(config.s3());
    var cache = new S3VersionedStore(s3, config.cacheBucket());
    var state = new S3ObjectStore(s3, config.stateBucket());
    Clock clock = Clock.systemUTC();
    return new IndexWiring(
        new IndexUpdate(cache, state, retries()),
        new Rebuild(cache, state, retries(), clock)::isNeeded,
        config.rebuild().map(one -> rebuild(config, one, clock)).orElse(() -> {}));
  }

  private static Runnable rebuild(IndexConfig config, String stateMachine, Clock clock) {
    return new RebuildStart(
            StateMachine.of(config.s3().region(), config.states(), stateMachine), clock)
        ::ask;
  }

  /** On buckets that somebody else has opened, who also builds the first index. */
  public static IndexWiring of(VersionedStore cache, ObjectStore state, Runnable rebuild) {
    return new IndexWiring(new IndexUpdate(cache, state, retries()), () -> false, rebuild);
  }

  /** Who loses a race waits on its own thread. */
  public static Retries retries() {
    return new Retries(
        duration -> LockSupport.parkNanos(duration.toNanos()),
        bound -> ThreadLocalRandom.current().nextLong(bound));
  }
}
