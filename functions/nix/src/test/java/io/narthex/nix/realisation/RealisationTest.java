package io.narthex.nix.realisation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealisationTest {
  private static final String ID =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad!foo";
  private static final byte[] BYTES =
      "{\"id\":\"%s\",\"outPath\":\"g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo\"}"
          .formatted(ID)
          .getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "realisations/" + ID + ".doi",
        "build-trace-v2/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar.drv/foo.doi"
      })
  void readsTheFormatThatBelongsToThePath(String path) throws MalformedRealisationException {
    assertThat(Realisation.parse(path, BYTES).cachePath()).isEqualTo(path);
  }

  @Test
  void refusesTheFileOfAnotherOutput() {
    String other = "realisations/" + ID.replace("foo", "bar") + ".doi";

    assertThatThrownBy(() -> Realisation.parse(other, BYTES))
        .isInstanceOfSatisfying(
            MalformedRealisationException.class,
            fault -> assertThat(fault.field()).isEqualTo("id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nar/x.nar", "build-trace-v2/x.doi", "realisations/x.doi"})
  void refusesOtherPaths(String path) {
    assertThatThrownBy(() -> Realisation.parse(path, BYTES))
        .isInstanceOf(MalformedRealisationException.class);
  }
}
