package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final Duration AGE = Duration.ofMinutes(5);

  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  @Test
  void withdrawsWhatWaitedBeyondItsGraceTime() {
    SamplePath path = withoutNar();
    cache.clock().advance(Duration.ofMinutes(61));
    assertThat(sweep()).isEqualTo(1);
    assertThat(cache.isThere(path.narInfoKey())).isFalse();
    assertThat(cache.report(path.storePath().hash()).standing()).isEqualTo(Standing.REJECTED);
    assertThat(cache.state().listAll("waiting/")).isEmpty();
  }

  @Test
  void keepsWhatIsWithinIt() {
    SamplePath path = withoutNar();
    cache.clock().advance(Duration.ofMinutes(30));
    sweep();
    assertThat(cache.isThere(path.narInfoKey())).isTrue();
    assertThat(cache.state().listAll("waiting/")).hasSize(1);
  }

  @Test
  void leavesYoungMarksAlone() {
    withoutNar();
    assertThat(sweep()).isZero();
  }

  @Test
  void wakesWhoWasNotWokenByALostMessage() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = store.path("hello-1.0", dependency.storePath());
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().announcing((event, key) -> {});
    dependency.uploadTo(cache.cache());
    cache.admission().look(new ObjectKey(dependency.narInfoKey()));
    cache.drain();
    cache.clock().advance(Duration.ofMinutes(10));
    sweep();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void takesAMarkAwayThatNobodyWaitsByAnyMore() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    String mark = "waiting/path/" + path.storePath().hash() + "/" + path.narInfoKey();
    cache.state().putIfAbsent(new ObjectKey(mark), NewObject.of("", "text/plain"));
    cache.clock().advance(Duration.ofMinutes(10));
    sweep();
    assertThat(cache.state().listAll("waiting/")).isEmpty();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  private SamplePath withoutNar() {
    SamplePath path = store.path("hello-1.0");
    cache.cache().upload(path.narInfoKey(), path.narInfo().write().getBytes(UTF_8));
    cache.drain();
    return path;
  }

  private int sweep() {
    int swept = cache.sweep().run(AGE);
    cache.drain();
    return swept;
  }
}
