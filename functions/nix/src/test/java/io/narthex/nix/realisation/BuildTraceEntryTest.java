package io.narthex.nix.realisation;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildTraceEntryTest {
  private static final StorePath FOO = StorePath.parse("g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo");
  private static final DrvOutput KEY =
      new DrvOutput(
          StorePath.parse("g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar.drv"), new OutputName("foo"));
  private static final BuildTraceEntry ENTRY = new BuildTraceEntry(KEY, FOO, new TreeSet<>());

  /** The key and the signature of Nix's own test data, realisation/simple. */
  private static final TrustedPublicKeys KEYS =
      TrustedPublicKeys.parse("test-key:rAWTx0noOtf7tqHO5iDnsH7gGNVdQYl99oaJk2gydic=");

  private static final Sig SIG =
      Sig.parse(
          "test-key:WsjxK4/EI74COtzMDI+VCjQU9O4FydK0"
              + "+YeY1CE5hUevogd+T+CPvNXza7oog3GTMS+ZlBwsC2S3ppwusKnJDg==");

  @Test
  void signsCompactSortedJson() {
    assertThat(ENTRY.signedText())
        .isEqualTo(
            "{\"key\":{\"drvPath\":\"g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar.drv\","
                + "\"outputName\":\"foo\"},"
                + "\"value\":{\"outPath\":\"g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo\"}}");
  }

  @Test
  void verifiesWhatNixSigned() {
    assertThat(ENTRY.withSig(SIG).verify(KEYS).goodNames())
        .containsExactly(new KeyName("test-key"));
  }

  @Test
  void aSignatureIsNotValidForAnotherOutput() {
    var other = new DrvOutput(KEY.drvPath(), new OutputName("out"));

    assertThat(new BuildTraceEntry(other, FOO, new TreeSet<>(List.of(SIG))).verify(KEYS).forged())
        .containsExactly(SIG);
  }

  @Test
  void readsSignaturesAsObjectsAndAsText() throws MalformedRealisationException {
    String base64 = SIG.base64();
    String json =
        """
        {"outPath": "%s", "later": [{"a": [1]}],
         "signatures": [{"keyName": "test-key", "sig": "%s", "x": {}}, "other:%s"]}
        """
            .formatted(FOO, base64, base64);

    assertThat(parse(json))
        .isEqualTo(ENTRY.withSig(SIG).withSig(new Sig(new KeyName("other"), base64)));
  }

  @Test
  void readsBackWhatItWrites() throws MalformedRealisationException {
    SecretKey key = SecretKey.generate(new KeyName("\"k\\é"));
    BuildTraceEntry signed = ENTRY.withSig(SIG).withSig(key.sign(ENTRY.signedText()));

    assertThat(parse(signed.write())).isEqualTo(signed);
    assertThat(parse(ENTRY.write())).isEqualTo(ENTRY);
    assertThat(ENTRY.write()).isEqualTo("{\"outPath\":\"" + FOO + "\",\"signatures\":[]}");
  }

  @Test
  void mayHaveNoSignatures() throws MalformedRealisationException {
    assertThat(parse("{\"outPath\": \"" + FOO + "\"}")).isEqualTo(ENTRY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"x\"",
        "{}",
        "{'outPath': 1}",
        "{'outPath': 'x'}",
        "{'outPath': '/nix/store/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo'}",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo'} x",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo'} {}",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo',"
            + " 'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo'}",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo', 'signatures': {}}",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo', 'signatures': null}",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo', 'signatures': [1]}",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo', 'signatures': ['a']}",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo', 'signatures': [{'sig': 'AAAA'}]}",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo', 'signatures': [{'keyName': 'a'}]}",
        "{'outPath': 'g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo', 'signatures': [[]]}",
      })
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> parse(text.replace('\'', '"')))
        .isInstanceOf(MalformedRealisationException.class);
  }

  @Test
  void refusesDeepNesting() {
    assertThatThrownBy(() -> parse("{\"x\":" + "[".repeat(1_000_000)))
        .isInstanceOf(MalformedRealisationException.class);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    assertThatThrownBy(() -> BuildTraceEntry.parse(KEY, ENTRY.write().getBytes(UTF_16)))
        .isInstanceOf(MalformedRealisationException.class);
  }

  @Test
  void hasItsPlaceInTheCache() {
    String path = "build-trace-v2/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar.drv/foo.doi";

    assertThat(ENTRY.cachePath()).isEqualTo(path);
    assertThat(DrvOutput.parseCachePath(path)).isEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "build-trace-v2/",
        "build-trace-v2/.doi",
        "build-trace-v2/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar.drv.doi",
        "build-trace-v2/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar.drv/.doi",
        "build-trace-v2/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar.drv/foo",
        "build-trace-v2/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar.drv/a/b.doi",
        "build-trace-v2/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar/foo.doi",
        "x/build-trace-v2/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar.drv/foo.doi",
      })
  void refusesOtherPlaces(String path) {
    assertThatThrownBy(() -> DrvOutput.parseCachePath(path))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BuildTraceEntry parse(String json) throws MalformedRealisationException {
    return BuildTraceEntry.parse(KEY, json.getBytes(UTF_8));
  }
}
