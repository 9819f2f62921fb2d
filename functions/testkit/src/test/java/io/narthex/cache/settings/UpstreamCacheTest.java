package io.narthex.cache.settings;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.narthex.nix.signature.PublicKey;
import io.narthex.testkit.SampleStore;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamCacheTest {
  private static final PublicKey KEY = new SampleStore(1).publicKey();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://cache",
        "https:cache.example.org",
        "https://user:secret@cache.example.org",
        "https://user:secret@under_score"
      })
  void refusesWhatIsNoUrlToShow(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UpstreamCache(URI.create(url), KEY))
        .withMessageStartingWith("an upstream is a")
        .withMessageNotContaining("secret");
  }
}
