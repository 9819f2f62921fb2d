package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every single request fails once, done or not done, in each flow: the events come again and
 * everything ends as if nothing had happened.
 */
class CrashTest {
  private final SampleStore store = new SampleStore(7);

  @ParameterizedTest
  @EnumSource(names = {"NOT_DONE", "DONE"})
  void admitsAPathAfterAFailureAtAnyRequest(Fault fault) {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = store.path("hello-1.0", dependency.storePath());
    int failing = 0;
    boolean failed = true;
    while (failed) {
      MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
      FailOnce once = new FailOnce(failing++, fault);
      path.uploadTo(cache.cache());
      cache.cache().failing(once);
      cache.state().failing(once);
      cache.drain();
      dependency.uploadTo(cache.cache());
      cache.drain();
      failed = once.hasFailed();
      cache.cache().failing(Fault.Plan.NEVER);
      cache.state().failing(Fault.Plan.NEVER);
      assertThat(cache.isServed(path.narInfoKey())).as("%s", once).isTrue();
      assertThat(cache.isServed(path.narKey())).as("%s", once).isTrue();
      assertThat(cache.isServed(path.storePath().hash() + ".ls")).as("%s", once).isTrue();
      assertThat(cache.deadLetters()).isEmpty();
    }
    assertThat(failing).isGreaterThan(40);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_DONE", "DONE"})
  void withdrawsABadPathAfterAFailureAtAnyRequest(Fault fault) {
    SamplePath good = store.path("hello-1.0");
    byte[] bytes = good.file();
    bytes[bytes.length / 2] ^= 1;
    SamplePath bad = good.withFile(bytes);
    int failing = 0;
    boolean failed = true;
    while (failed) {
      MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
      FailOnce once = new FailOnce(failing++, fault);
      bad.uploadTo(cache.cache());
      cache.cache().failing(once);
      cache.state().failing(once);
      cache.drain();
      failed = once.hasFailed();
      cache.cache().failing(Fault.Plan.NEVER);
      cache.state().failing(Fault.Plan.NEVER);
      assertThat(cache.isThere(bad.narInfoKey())).as("%s", once).isFalse();
      assertThat(cache.isThere(bad.narKey())).as("%s", once).isFalse();
      assertThat(cache.report(bad.storePath().hash()).withdrawals()).as("%s", once).isNotEmpty();
    }
    assertThat(failing).isGreaterThan(5);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_DONE", "DONE"})
  void bringsAnOverwrittenNarBackAfterAFailureAtAnyRequest(Fault fault) {
    SamplePath path = store.path("hello-1.0");
    int failing = 0;
    boolean failed = true;
    while (failed) {
      MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
      path.uploadTo(cache.cache());
      cache.drain();
      FailOnce once = new FailOnce(failing++, fault);
      cache.cache().upload(path.narKey(), new byte[] {1, 2, 3});
      cache.cache().failing(once);
      cache.state().failing(once);
      cache.drain();
      failed = once.hasFailed();
      cache.cache().failing(Fault.Plan.NEVER);
      cache.state().failing(Fault.Plan.NEVER);
      assertThat(cache.isServed(path.narInfoKey())).as("%s", once).isTrue();
      assertThat(cache.isServed(path.narKey())).as("%s", once).isTrue();
      assertThat(cache.cache().open(new ObjectKey(path.narKey())).orElseThrow().readAll())
          .isEqualTo(path.file());
    }
    assertThat(failing).isGreaterThan(5);
  }
}
