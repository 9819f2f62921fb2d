package io.narthex.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.aws.env.InvalidEnvironmentException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServeConfigTest {
  @Test
  void readsWhatTheTemplateSets() {
    ServeConfig config =
        ServeConfig.from(
            Map.of(
                "AWS_REGION", "eu-west-2",
                "NARTHEX_CACHE_BUCKET", "example-nix-cache",
                "NARTHEX_STATE_BUCKET", "example-nix-state",
                "NARTHEX_ACCOUNT", "111122223333",
                "NARTHEX_URL", "https://cache.example.org"));
    assertThat(config.policyBucket().arn()).isEqualTo("arn:aws:s3:::example-nix-cache");
    assertThat(config.url()).contains(URI.create("https://cache.example.org"));
    assertThat(config.s3().endpoint()).isEmpty();
  }

  @Test
  void namesAllThatIsMissing() {
    assertThatExceptionOfType(InvalidEnvironmentException.class)
        .isThrownBy(() -> ServeConfig.from(Map.of()))
        .withMessageContaining("AWS_REGION")
        .withMessageContaining("NARTHEX_CACHE_BUCKET")
        .withMessageContaining("NARTHEX_STATE_BUCKET")
        .withMessageContaining("NARTHEX_ACCOUNT");
  }
}
