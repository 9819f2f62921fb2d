package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleRealisation;
import io.narthex.testkit.SampleStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealisationAdmissionTest {
  private final SampleStore store = new SampleStore(1);
  private final SampleStore stranger = new SampleStore(2);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
  private final SamplePath output = store.path("hello-1.0");

  @Test
  void verifiesASignedOneWhoseOutputIsAdmitted() {
    output.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(put(SampleRealisation.of(output.storePath(), store)))).isTrue();
    assertThat(cache.isServed(put(SampleRealisation.legacy(output.storePath(), store)))).isTrue();
  }

  @Test
  void waitsForItsOutput() {
    String key = put(SampleRealisation.of(output.storePath(), store));
    assertThat(cache.verdict(key)).contains(VerdictTag.WAITING);
    output.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(key)).isTrue();
    assertThat(cache.state().listAll("waiting/")).isEmpty();
  }

  @Test
  void takesOutOneThatNoTrustedKeySigned() {
    output.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isThere(put(SampleRealisation.of(output.storePath(), stranger)))).isFalse();
    assertThat(cache.isThere(put(SampleRealisation.unsigned(output.storePath(), store)))).isFalse();
  }

  @Test
  void takesOutOneUnderTheKeyOfAnother() {
    SampleRealisation one = SampleRealisation.of(output.storePath(), store);
    SampleRealisation two = SampleRealisation.of(output.storePath(), store);
    assertThat(cache.isThere(put(new SampleRealisation(one.key(), two.text())))).isFalse();
    assertThat(cache.isThere(put(new SampleRealisation(one.key(), "rubbish")))).isFalse();
  }

  @Test
  void doesNotLetASignedOneThatWaitsHideAVerifiedOne() {
    output.uploadTo(cache.cache());
    cache.drain();
    SampleRealisation verified = SampleRealisation.legacy(output.storePath(), store);
    put(verified);
    put(SampleRealisation.legacy(store.storePath("never-uploaded"), store));
    assertThat(cache.isServed(verified.key())).isTrue();
    byte[] served = cache.cache().open(new ObjectKey(verified.key())).orElseThrow().readAll();
    assertThat(new String(served, UTF_8)).isEqualTo(verified.text());
  }

  private String put(SampleRealisation realisation) {
    cache.cache().upload(realisation.key(), realisation.text().getBytes(UTF_8));
    cache.drain();
    return realisation.key();
  }
}
