package io.narthex.local.s3.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PercentEncodingTest {

  @ParameterizedTest
  @CsvSource({
    "a b,a%20b",
    "a+b,a%2Bb",
    "sha256:x!y,sha256%3Ax%21y",
    "~-._,~-._",
    "é,%C3%A9",
    "a/b,a%2Fb"
  })
  void encodesAsSignaturesDo(String text, String encoded) {
    assertThat(PercentEncoding.encode(text)).isEqualTo(encoded);
  }

  @Test
  void decodingIsTheInverse() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      String text =
          random
              .ints(random.nextInt(12), 0, Character.MAX_CODE_POINT + 1)
              .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertThat(PercentEncoding.decode(PercentEncoding.encode(text))).isEqualTo(text);
      assertThat(PercentEncoding.decode(PercentEncoding.encodePath(text))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%a", "%zz", "%ff", "%c3"})
  void refusesWhatIsNoText(String encoded) {
    assertThatThrownBy(() -> PercentEncoding.decode(encoded))
        .isInstanceOfSatisfying(S3Refusal.class, e -> assertThat(e.status()).isEqualTo(400));
  }
}
