package io.narthex.cache.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurrentBucketPolicyTest {
  private final List<String> alarms = new ArrayList<>();
  private Optional<String> text = Optional.of(Hall.PUBLIC);
  private Instant now = Hall.START;
  private int asked;

  private final CurrentBucketPolicy policies =
      new CurrentBucketPolicy(
          () -> {
            asked++;
            return text;
          },
          alarms::add,
          ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

  @Test
  void asksAgainAfterAMinute() {
    policies.current();
    now = now.plus(Duration.ofSeconds(59));
    policies.current();
    assertThat(asked).isEqualTo(1);
    now = now.plus(Duration.ofSeconds(1));
    text = Optional.of(Hall.PRIVATE);
    assertThat(policies.current().orElseThrow().statements()).hasSize(1);
    assertThat(alarms).isEmpty();
  }

  @Test
  void raisesAnAlarmWhenThereIsNoPolicy() {
    text = Optional.empty();
    assertThat(policies.current()).isEmpty();
    assertThat(alarms).containsExactly("the bucket has no policy");
  }

  @Test
  void raisesAnAlarmWhenThePolicyIsNotUnderstood() {
    text = Optional.of("{\"Version\":\"2012-10-17\"}");
    assertThat(policies.current()).isEmpty();
    assertThat(alarms).hasSize(1);
  }

  @Test
  void raisesAnAlarmForTheStatementThatIsNotUnderstood() {
    text = Optional.of(Hall.PUBLIC.replace("StringEquals", "StringResembles"));
    assertThat(policies.current()).isPresent();
    assertThat(alarms).singleElement().asString().startsWith("Statement[0]: ");
  }
}
