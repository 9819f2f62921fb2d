package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UpstreamReferencesTest {
  private final SampleStore store = new SampleStore(1);
  private final SampleStore upstream = new SampleStore(2, "upstream-1");
  private final SamplePath reference = upstream.path("glibc-2.40");
  private final SamplePath path = store.path("hello-1.0", reference.storePath());
  private final MemoryCache cache = new MemoryCache(settings());
  private final AtomicInteger asked = new AtomicInteger();

  private Settings settings() {
    Settings s = Settings.trusting(List.of(store.publicKey()));
    return new Settings(
        s.storeDir(),
        s.trustedPublicKeys(),
        s.requiredSignatures(),
        s.closure(),
        s.undeclared(),
        List.of(
            new UpstreamCache(URI.create("https://broken.example"), upstream.publicKey()),
            new UpstreamCache(URI.create("https://cache.example"), upstream.publicKey())),
        s.maxNarSize(),
        s.grace(),
        s.priority(),
        s.readWait());
  }

  private void answering(Optional<NarInfo> answer) {
    cache.upstreams(
        (asks, hash) -> {
          asked.incrementAndGet();
          if (asks.url().getHost().startsWith("broken")) {
            throw new StoreException("GET " + asks.url() + ": connection refused");
          }
          return answer.filter(narInfo -> narInfo.storePath().hash().equals(hash));
        });
  }

  @Test
  void acceptsAReferenceThatAnUpstreamHasSigned() {
    answering(Optional.of(reference.narInfo()));
    assertThat(cache.isServed(uploaded(path))).isTrue();
    assertThat(cache.deadLetters()).isEmpty();
  }

  @Test
  void keepsTheAnswer() {
    answering(Optional.of(reference.narInfo()));
    uploaded(path);
    int first = asked.get();
    answering(Optional.empty());
    assertThat(cache.isServed(uploaded(store.path("other-1.0", reference.storePath())))).isTrue();
    assertThat(asked.get()).isEqualTo(first);
  }

  @Test
  void doesNotAcceptAnAnswerThatAnotherKeySigned() {
    answering(Optional.of(store.signed(reference.narInfo())));
    assertThat(cache.verdict(uploaded(path))).contains(VerdictTag.WAITING);
  }

  @Test
  void waitsWhileNoUpstreamAnswersAndAsksAgain() {
    answering(Optional.empty());
    String key = uploaded(path);
    assertThat(cache.verdict(key)).contains(VerdictTag.WAITING);
    assertThat(cache.deadLetters()).isEmpty();
    answering(Optional.of(reference.narInfo()));
    cache.clock().advance(Duration.ofMinutes(10));
    cache.sweep().run(Duration.ofMinutes(5));
    cache.drain();
    assertThat(cache.isServed(key)).isTrue();
    assertThat(cache.isThere(new ObjectKey(reference.narInfoKey()).value())).isFalse();
  }

  private String uploaded(SamplePath sample) {
    sample.uploadTo(cache.cache());
    cache.drain();
    return sample.narInfoKey();
  }
}
