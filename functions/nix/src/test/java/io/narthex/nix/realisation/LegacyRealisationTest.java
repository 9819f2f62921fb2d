package io.narthex.nix.realisation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyRealisationTest {
  private static final String ID =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad!foo";
  private static final String FOO = "g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo.drv";

  /** Nix's own test data, realisation/with-dependent-realisations, made compact. */
  private static final String JSON =
      "{\"dependentRealisations\":{\"%s\":\"%s\"},\"id\":\"%s\",\"outPath\":\"%s\",\"signatures\":[]}"
          .formatted(ID, FOO, ID, FOO);

  @Test
  void readsAndWrites() throws MalformedRealisationException {
    LegacyRealisation realisation = parse(JSON);

    assertThat(realisation.id()).isEqualTo(LegacyDrvOutput.parse(ID));
    assertThat(realisation.outPath()).isEqualTo(StorePath.parse(FOO));
    assertThat(realisation.dependentRealisations())
        .containsExactly(Map.entry(LegacyDrvOutput.parse(ID), StorePath.parse(FOO)));
    assertThat(realisation.write()).isEqualTo(JSON);
  }

  @Test
  void signsItselfWithoutSignatures() throws MalformedRealisationException {
    SecretKey key = SecretKey.generate(new KeyName("k"));
    LegacyRealisation realisation = parse(JSON);
    LegacyRealisation signed = realisation.withSig(key.sign(realisation.signedText()));

    assertThat(realisation.signedText()).isEqualTo(JSON.replace(",\"signatures\":[]", ""));
    assertThat(parse(signed.write())).isEqualTo(signed);
    assertThat(signed.verify(TrustedPublicKeys.of(List.of(key.publicKey()))).goodNames())
        .containsExactly(key.name());
  }

  @Test
  void needsNeitherSignaturesNorDependentRealisations() throws MalformedRealisationException {
    LegacyRealisation bare = parse("{\"id\":\"" + ID + "\",\"outPath\":\"" + FOO + "\"}");

    assertThat(bare.signedText())
        .isEqualTo(
            "{\"dependentRealisations\":{},\"id\":\"" + ID + "\",\"outPath\":\"" + FOO + "\"}");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no id, '{\"outPath\":\"" + FOO + "\"}', id",
    "no outPath, '{\"id\":\"" + ID + "\"}', outPath",
    "id without output, '{\"id\":\"sha256:x\"}', id",
    "id without hash, '{\"id\":\"!out\"}', id",
    "dependents as list, '{\"dependentRealisations\":[]}', dependentRealisations",
    "dependent is no path, '{\"dependentRealisations\":{\""
        + ID
        + "\":\"x\"}}',"
        + " dependentRealisations",
    "dependent is no id, '{\"dependentRealisations\":{\"x\":\""
        + FOO
        + "\"}}',"
        + " dependentRealisations",
    "signature is no text, '{\"signatures\":[true]}', signatures",
  })
  void namesTheMemberAtFault(String name, String json, String field) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOfSatisfying(
            MalformedRealisationException.class,
            fault -> assertThat(fault.field()).isEqualTo(field));
  }

  @Test
  void refusesTheSameDependentInTwoSpellings() {
    String base64 = "sha256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=!foo";

    assertThatThrownBy(
            () ->
                parse(
                    "{\"dependentRealisations\":{\"%s\":\"%s\",\"%s\":\"%s\"}}"
                        .formatted(ID, FOO, base64, FOO)))
        .hasMessageContaining("there twice");
  }

  @Test
  void survivesMutation() throws MalformedRealisationException {
    var random = new Random(7);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = JSON.getBytes(UTF_8);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      accepted += survives(bytes) ? 1 : 0;
    }
    assertThat(accepted).isBetween(100, 19_000);
  }

  private static boolean survives(byte[] bytes) throws MalformedRealisationException {
    Optional<LegacyRealisation> realisation = parsed(bytes);
    if (realisation.isPresent()) {
      assertThat(parse(realisation.get().write())).isEqualTo(realisation.get());
    }
    return realisation.isPresent();
  }

  private static Optional<LegacyRealisation> parsed(byte[] bytes) {
    try {
      return Optional.of(LegacyRealisation.parse(bytes));
    } catch (MalformedRealisationException e) {
      return Optional.empty();
    }
  }

  @Test
  void hasItsPlaceInTheCache() throws MalformedRealisationException {
    assertThat(parse(JSON).cachePath()).isEqualTo("realisations/" + ID + ".doi");
    assertThat(LegacyDrvOutput.parseCachePath("realisations/" + ID + ".doi"))
        .isEqualTo(LegacyDrvOutput.parse(ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "realisations/.doi",
        "realisations/" + ID,
        "realisations/sub/" + ID + ".doi",
        "realisations/sha256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=!foo.doi",
        "realisations/sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s!foo.doi",
      })
  void refusesOtherPlaces(String path) {
    assertThatThrownBy(() -> LegacyDrvOutput.parseCachePath(path))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LegacyRealisation parse(String json) throws MalformedRealisationException {
    return LegacyRealisation.parse(json.getBytes(UTF_8));
  }
}
