package io.narthex.cache.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.principal.KnownAccount;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.cache.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrentBucketPolicyTest {
  private final List<String> alarms = new ArrayList<>();
  private StoredPolicy stored = new StoredPolicy.Text(Hall.PUBLIC);
  private Restriction restriction = Restriction.OFF;
  private PrincipalSettings principals = PrincipalSettings.NONE;
  private Instant now = Hall.START;
  private int asked;
  private int askedForPublicAccess;

  private final CurrentBucketPolicy policies =
      new CurrentBucketPolicy(
          () -> {
            asked++;
            return stored;
          },
          () -> {
            askedForPublicAccess++;
            return restriction;
          },
          () -> principals,
          alarms::add,
          ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

  private static StoredPolicy text(String json) {
    return new StoredPolicy.Text(json);
  }

  @Test
  void asksAgainAfterAMinute() {
    policies.current();
    now = now.plus(Duration.ofSeconds(59));
    policies.current();
    assertThat(asked).isEqualTo(1);
    assertThat(askedForPublicAccess).isEqualTo(1);
    now = now.plus(Duration.ofSeconds(1));
    stored = text(Hall.PRIVATE);
    assertThat(policies.current().document().orElseThrow().statements()).hasSize(1);
    assertThat(askedForPublicAccess).isEqualTo(2);
    assertThat(alarms).isEmpty();
  }

  @Test
  void raisesAnAlarmWhenThereIsNoPolicy() {
    stored = new StoredPolicy.None();
    assertThat(policies.current()).isSameAs(PolicyInForce.NONE);
    assertThat(alarms).containsExactly("the bucket has no policy");
  }

  @Test
  void allowsNobodyAndRaisesAnAlarmOnceAMinuteWhenItMayNotReadThePolicy() {
    stored = new StoredPolicy.Refused("S3 answers GetBucketPolicy with 403");
    assertThat(policies.current()).isSameAs(PolicyInForce.NONE);
    assertThat(policies.current()).isSameAs(PolicyInForce.NONE);
    assertThat(alarms)
        .containsExactly("the bucket policy is kept from us: S3 answers GetBucketPolicy with 403");
  }

  @Test
  void doesNotHideAnOutage() {
    var broken =
        new CurrentBucketPolicy(
            () -> {
              throw new StoreException("GetBucketPolicy: 503");
            },
            PublicAccessSource.NONE,
            () -> principals,
            alarms::add,
            ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    assertThatExceptionOfType(StoreException.class).isThrownBy(broken::current);
    assertThat(alarms).isEmpty();
  }

  @Test
  void raisesAnAlarmWhenThePolicyIsNotUnderstood() {
    stored = text("{\"Version\":\"2012-10-17\"}");
    assertThat(policies.current().document()).isEmpty();
    assertThat(alarms).hasSize(1);
  }

  @Test
  void allowsNobodyByAPolicyThatSaysOneThingTwice() {
    stored = text(Hall.PUBLIC.replace("\"Effect\":", "\"Effect\":\"Deny\",\"Effect\":"));
    assertThat(policies.current()).isSameAs(PolicyInForce.NONE);
    assertThat(alarms).containsExactly(": This policy contains invalid Json");
  }

  @Test
  void raisesAnAlarmForTheStatementThatIsNotUnderstood() {
    stored = text(Hall.PUBLIC.replace("StringEquals", "StringResembles"));
    assertThat(policies.current().document()).isPresent();
    assertThat(alarms).singleElement().asString().startsWith("Statement[0]: ");
  }

  @ParameterizedTest
  @CsvSource({"OFF, false, 0", "ON, true, 0", "UNKNOWN, true, 1"})
  void keepsStrangersOutOfAPublicBucketWhereThatIsBlocked(
      Restriction said, boolean ownAccountOnly, int alarmCount) {
    restriction = said;
    assertThat(policies.current().isOwnAccountOnly()).isEqualTo(ownAccountOnly);
    assertThat(alarms).hasSize(alarmCount);
  }

  @Test
  void understandsCanonicalUsersThatTheSettingsTellTheAccountsOf() {
    String id = "0a".repeat(32);
    stored =
        text(Hall.PRIVATE.replaceFirst("\\{\"AWS\":[^}]+}", "{\"CanonicalUser\":\"" + id + "\"}"));
    policies.current();
    assertThat(alarms).hasSize(1);
    now = now.plus(Duration.ofMinutes(1));
    principals =
        new PrincipalSettings(
            Map.of("111122223333", new KnownAccount(Optional.of(id), Optional.empty(), List.of())));
    policies.current();
    assertThat(alarms).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, OFF, OFF",
    "OFF, ON, ON",
    "OFF, UNKNOWN, UNKNOWN",
    "ON, OFF, ON",
    "ON, UNKNOWN, ON",
    "UNKNOWN, OFF, UNKNOWN",
  })
  void restrictsWhatTheBucketOrItsAccountDoes(
      Restriction ofBucket, Restriction ofAccount, Restriction together) {
    PublicAccessSource both = ((PublicAccessSource) () -> ofBucket).and(() -> ofAccount);
    assertThat(both.restrictsPublicBuckets()).isEqualTo(together);
  }

  @Test
  void blocksNobodyByAPolicyThatIsNotPublic() {
    restriction = Restriction.ON;
    stored = text(Hall.PRIVATE);
    assertThat(policies.current().isOwnAccountOnly()).isFalse();
  }
}
