package io.narthex.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.path.StorePathHash;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred writers at one shard, over the S3 protocol. */
class ManyIndexWritersTest {
  private static final int WRITERS = 100;

  private final Endpoint endpoint;
  private final VersionedStore cache;
  private final ObjectStore state;

  ManyIndexWritersTest(@TempDir Path directory) {
    endpoint = Endpoint.start(directory);
    cache = new S3VersionedStore(endpoint.admin, Endpoint.CACHE);
    state = new S3ObjectStore(endpoint.admin, Endpoint.PLAIN);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void loseNothing() throws ExecutionException, InterruptedException, TimeoutException {
    var retries =
        new Retries(
            pause -> LockSupport.parkNanos(pause.toNanos()),
            bound -> ThreadLocalRandom.current().nextLong(bound));
    Generation generation =
        new Rebuild(cache, state, retries, Clock.systemUTC())
            .run((paths, pieces, ofPieces) -> {})
            .generation();
    List<StorePathHash> paths =
        IntStream.range(0, WRITERS).mapToObj(i -> new StorePathHash("%032d".formatted(i))).toList();
    paths.forEach(path -> endpoint.put(Endpoint.CACHE, path + ".narinfo", "not a narinfo"));
    try (var threads = Executors.newFixedThreadPool(WRITERS)) {
      var updates = new ArrayList<Future<?>>();
      for (StorePathHash path : paths) {
        updates.add(
            threads.submit(() -> new IndexUpdate(cache, state, retries).look(List.of(path))));
      }
      for (Future<?> update : updates) {
        update.get(5, TimeUnit.MINUTES);
      }
    }
    assertThat(new IndexReader(state, Clock.systemUTC()).entries(generation, paths))
        .containsOnlyKeys(paths);
  }
}
