package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SampleStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogAdmissionTest {
  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
  private final String key = "log/" + store.storePath("hello-1.0.drv");

  @Test
  void letsALogBeRead() {
    put(key, new byte[] {'o', 'k'}, Optional.empty());
    assertThat(cache.isServed(key)).isTrue();
  }

  @Test
  void takesOutALogThatIsTooLarge() {
    put(key, new byte[(64 << 20) + 1], Optional.empty());
    assertThat(cache.isThere(key)).isFalse();
  }

  @Test
  void takesOutALogThatIsNotInItsEncoding() {
    put(key, new byte[] {'o', 'k'}, Optional.of("br"));
    assertThat(cache.isThere(key)).isFalse();
  }

  @Test
  void doesNotLetAnythingElseUnderLogBeRead() {
    String odd = "log/../nix-cache-info";
    put(odd, new byte[] {'o', 'k'}, Optional.empty());
    assertThat(cache.isServed(odd)).isFalse();
    String output = "log/" + store.storePath("hello-1.0");
    put(output, new byte[] {'o', 'k'}, Optional.empty());
    assertThat(cache.isServed(output)).isFalse();
  }

  private void put(String where, byte[] bytes, Optional<String> encoding) {
    cache.cache().upload(where, bytes, encoding);
    cache.drain();
  }
}
