package io.narthex.aws.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  @Test
  void readsTypedValues() {
    var environment = new Environment(Map.of("A", "PT5S", "EMPTY", ""));
    var set = environment.required("A", Duration::parse);
    var unset = environment.optional("EMPTY", Function.identity());
    environment.check();
    assertThat(set.get()).isEqualTo(Duration.ofSeconds(5));
    assertThat(unset.get()).isEmpty();
  }

  @Test
  void reportsAllProblemsAtOnceByName() {
    var environment = new Environment(Map.of("WAIT", "soon", "COUNT", "x", "ID", "i"));
    environment.required("BUCKET");
    environment.required("WAIT", Duration::parse);
    environment.optional("COUNT", Integer::valueOf);
    environment.optionalPair("ID", "SECRET", (id, secret) -> id + secret);
    assertThatExceptionOfType(InvalidEnvironmentException.class)
        .isThrownBy(environment::check)
        .withMessageContaining("BUCKET is not set")
        .withMessageContaining("WAIT: ")
        .withMessageContaining("COUNT: ")
        .withMessageContaining("ID and SECRET go together");
  }

  @Test
  void namesAPairThatMakesNoValue() {
    var environment = new Environment(Map.of("ID", "i", "SECRET", "s"));
    environment.optionalPair("ID", "SECRET", (id, secret) -> Integer.valueOf(id));
    assertThatExceptionOfType(InvalidEnvironmentException.class)
        .isThrownBy(environment::check)
        .withMessageContaining("ID: ");
  }
}
