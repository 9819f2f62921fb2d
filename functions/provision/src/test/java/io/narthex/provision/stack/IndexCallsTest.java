package io.narthex.provision.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.index.IndexCheck;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What keeping, rebuilding and checking the index really ask of the buckets. */
class IndexCallsTest {
  private static final Retries RETRIES = new Retries(_ -> {}, bound -> bound - 1);

  private final SampleStore signer = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(signer.publicKey())));
  private final SamplePath path = signer.path("hello-1.0");
  private final SamplePath rejected = signer.path("rejected-1.0");
  private final Rebuild rebuild = new Rebuild(cache.cache(), cache.state(), RETRIES, cache.clock());

  IndexCallsTest() {
    path.uploadTo(cache.cache());
    cache.cache().upload(rejected.narInfoKey(), "nonsense".getBytes(UTF_8));
    cache.drain();
  }

  private void rebuild() {
    assertThat(rebuild.run((paths, pieces, ofPieces) -> {}).paths()).isEqualTo(2);
  }

  private void forget() {
    cache.cache().forgetRequests();
    cache.state().forgetRequests();
  }

  private Set<RoleCalls.Asked> asked() {
    var asked = new TreeSet<>(RoleCalls.of(cache.cache(), SampleStack.CACHE_BUCKET));
    asked.addAll(RoleCalls.of(cache.state(), SampleStack.STATE_BUCKET));
    // Without it S3 answers 403, not 404, for what is not there.
    asked.add(new RoleCalls.Asked("s3:ListBucket", "arn:aws:s3:::" + SampleStack.CACHE_BUCKET));
    asked.add(new RoleCalls.Asked("s3:ListBucket", "arn:aws:s3:::" + SampleStack.STATE_BUCKET));
    return asked;
  }

  @Test
  void allowsKeepingWhatItAsksAndNothingElse() throws Exception {
    rebuild();
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    forget();
    var update = new IndexUpdate(cache.cache(), cache.state(), RETRIES);
    assertThat(update.look(List.of(path.storePath().hash(), rejected.storePath().hash())))
        .isEqualTo(new IndexUpdate.Updated(false));
    RoleCalls.assertExactly("IndexRole", asked());
  }

  @Test
  void allowsRebuildsAndChecksWhatTheyAskAndNothingElse() throws Exception {
    forget();
    rebuild();
    rebuild();
    cache.clock().advance(Rebuild.RETIREMENT.plusDays(1));
    assertThat(rebuild.expire()).isPositive();
    Set<RoleCalls.Asked> asked = asked();
    cache.cache().delete(new ObjectKey(path.narInfoKey()));
    forget();
    var check = new IndexCheck(cache.cache(), cache.state(), RETRIES);
    var drift = check.check(paths -> {}).drift();
    assertThat(drift).containsOnlyKeys(path.storePath().hash());
    check.repair(drift);
    asked.addAll(asked());
    RoleCalls.assertExactly("IndexTaskRole", asked);
  }
}
