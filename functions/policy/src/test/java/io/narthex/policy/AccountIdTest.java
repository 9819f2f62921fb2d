package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountIdTest {
  @Test
  void printsAsItsDigits() {
    assertThat(new AccountId("000000000012")).hasToString("000000000012");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1111222233334",
        "11112222333a",
        " 11122223333",
        "١١١١٢٢٢٢٣٣٣٣",
        "-11122223333"
      })
  void refusesWhatIsNotTwelveDigits(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new AccountId(text));
  }
}
