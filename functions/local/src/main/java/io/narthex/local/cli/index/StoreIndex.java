package io.narthex.local.cli.index;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.Manifest;
import io.narthex.cache.store.ObjectStore;
import io.narthex.index.IndexWiring;
import io.narthex.local.endpoint.IndexBuckets;
import io.narthex.local.index.Task;
import io.narthex.local.index.TaskState;
import io.narthex.local.index.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** The index in a bucket of a store that somebody else runs: this process does the work. */
final class StoreIndex implements WorkedIndex {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final S3Client s3;
  private final ObjectStore state;
  private final Tasks tasks;

  private StoreIndex(S3Client s3, IndexBuckets buckets) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.state = buckets.state();
    this.tasks =
        new Tasks(
            buckets.cache(),
            state,
            IndexWiring.retries(),
            Clock.systemUTC(),
            IndexWiring::pause,
            failure -> {});
  }

  /**
   * Tries the store out.
   *
   * @throws io.narthex.cache.store.StoreException if this process must not write to it
   */
  static StoreIndex open(S3Access access, String bucket, String stateBucket) {
    S3Client s3 = S3Clients.client(access);
    boolean opened = false;
    try {
      var index = new StoreIndex(s3, IndexBuckets.tryOut(s3, bucket, stateBucket));
      opened = true;
      return index;
    } finally {
      if (!opened) {
        s3.close();
      }
    }
  }

  @Override
  public IndexStanding standing() {
    return new IndexStanding(Manifest.in(state), 0);
  }

  @Override
  public Supplier<TaskState> begin(Task task) {
    long number = tasks.begin(task);
    return () -> tasks.state(number).orElseThrow();
  }

  @Override
  public OptionalLong abandon() {
    return tasks.abandon().stream().mapToLong(Generation::number).findFirst();
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }

  @Override
  public void close() {
    tasks.close();
    s3.close();
  }
}
