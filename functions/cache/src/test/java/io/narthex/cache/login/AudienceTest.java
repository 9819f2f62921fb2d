package io.narthex.cache.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceTest {
  @ParameterizedTest
  @CsvSource({
    "https://Cache.Example.org,        cache.example.org",
    "https://cache.example.org:443/x,  cache.example.org",
    "https://cache.example.org:8443,   cache.example.org:8443",
    "http://127.0.0.1:8080/,           127.0.0.1:8080",
    "http://localhost:80,              localhost",
    "http://[::1]:8080,                [::1]:8080",
  })
  void isTheAuthorityOfTheCache(String url, String audience) {
    assertThat(Audience.of(URI.create(url))).hasToString(audience);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Cache.example.org", "a b", "a\r\nx: y", "a/b", "a@b", "\u00e4.org"})
  void isNothingThatAHeaderCouldNotHold(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Audience(text));
  }
}
