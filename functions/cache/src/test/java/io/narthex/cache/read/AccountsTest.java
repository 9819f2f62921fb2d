package io.narthex.cache.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.principal.KnownAccount;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.read.Answer.Hidden;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Denial.Kind;
import io.narthex.cache.store.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which account a caller is, and what that account's policies would say. */
class AccountsTest {
  private static final String OWN = "111122223333";
  private static final String OTHER = "444455556666";
  private static final Caller NEIGHBOUR = Hall.caller("arn:aws:iam::444455556666:user/neighbour");

  private static Hall letting(String principal) {
    return Hall.of(
            """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":%s,"Action":"s3:GetObject",
               "Resource":"arn:aws:s3:::example-nix-cache/*"}]}
            """
                .formatted(principal))
        .with(Hall.NARINFO, "n");
  }

  private static PrincipalSettings naming(String account) {
    return new PrincipalSettings(
        Map.of(account, new KnownAccount(Optional.empty(), Optional.empty(), List.of())));
  }

  private static Kind denied(Hall hall, Caller caller) {
    return ((Hidden) hall.ask("GET", "/" + Hall.NARINFO, caller)).denial().kind();
  }

  private static Answer got(Hall hall, Caller caller) {
    return hall.ask("GET", "/" + Hall.NARINFO, caller);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"*\"",
        "{\"AWS\":\"444455556666\"}",
        "{\"AWS\":\"arn:aws:iam::444455556666:user/neighbour\"}"
      })
  void refusesOtherAccountsUnlessTheSettingsNameThem(String principal) {
    assertThat(denied(letting(principal), NEIGHBOUR)).isEqualTo(Kind.UNKNOWN_ACCOUNT);
    assertThat(denied(letting(principal).knowing(naming(OWN)), NEIGHBOUR))
        .isEqualTo(Kind.UNKNOWN_ACCOUNT);
    assertThat(got(letting(principal).knowing(naming(OTHER)), NEIGHBOUR))
        .isInstanceOf(Inline.class);
  }

  @Test
  void refusesTheRootUserOfAnUnknownAccountToo() {
    Caller root = Hall.caller("arn:aws:iam::444455556666:root");
    assertThat(denied(letting("\"*\""), root)).isEqualTo(Kind.UNKNOWN_ACCOUNT);
    assertThat(got(letting("\"*\"").knowing(naming(OTHER)), root)).isInstanceOf(Inline.class);
  }

  @Test
  void letsAKnownAccountReadOnlyWhatTheBucketPolicyAllows() {
    Hall hall = letting("{\"AWS\":\"777788889999\"}").knowing(naming(OTHER));
    assertThat(denied(hall, NEIGHBOUR)).isEqualTo(Kind.IMPLICIT_DENY);
  }

  @Test
  void seesNoIdentityPoliciesOfItsOwnAccount() {
    Hall delegated = letting("{\"AWS\":\"111122223333\"}");
    assertThat(denied(delegated, Hall.READER)).isEqualTo(Kind.IMPLICIT_DENY);
    assertThat(denied(delegated.knowing(naming(OWN)), Hall.READER)).isEqualTo(Kind.IMPLICIT_DENY);
    assertThat(denied(letting("{\"AWS\":\"777788889999\"}"), Hall.READER))
        .isEqualTo(Kind.IMPLICIT_DENY);
  }

  @Test
  void letsOnlyItsOwnAccountInWherePublicAccessIsBlocked() {
    Hall blocked = letting("\"*\"").blockingPublicAccess().knowing(naming(OTHER));
    assertThat(denied(blocked, Hall.ANONYMOUS)).isEqualTo(Kind.PUBLIC_ACCESS_BLOCKED);
    assertThat(denied(blocked, NEIGHBOUR)).isEqualTo(Kind.PUBLIC_ACCESS_BLOCKED);
    assertThat(got(blocked, Hall.STRANGER)).isInstanceOf(Inline.class);
  }

  @Test
  void blocksNobodyWhoIsNamedByAPolicyThatIsNotPublic() {
    Hall hall =
        letting("{\"AWS\":\"arn:aws:iam::444455556666:user/neighbour\"}")
            .blockingPublicAccess()
            .knowing(naming(OTHER));
    assertThat(got(hall, NEIGHBOUR)).isInstanceOf(Inline.class);
  }

  @Test
  void takesACanonicalUserForItsAccountWhereTheSettingsTellIt() {
    String id = "0a".repeat(32);
    Hall hall = letting("{\"CanonicalUser\":\"" + id + "\"}");
    assertThat(denied(hall.knowing(naming(OTHER)), NEIGHBOUR)).isEqualTo(Kind.IMPLICIT_DENY);
    var told =
        new PrincipalSettings(
            Map.of(OTHER, new KnownAccount(Optional.of(id), Optional.empty(), List.of())));
    assertThat(got(hall.knowing(told), NEIGHBOUR)).isInstanceOf(Inline.class);
  }

  @Test
  void namesTheStatementThatDenies() {
    String policy =
        Hall.PUBLIC.replace(
            "\"Statement\":[",
            """
            "Statement":[{"Sid":"NotTheStranger","Effect":"Deny","Action":"*",
             "Principal":{"AWS":"arn:aws:iam::111122223333:user/stranger"},
             "Resource":["arn:aws:s3:::example-nix-cache","arn:aws:s3:::example-nix-cache/*"]},""");
    Hidden hidden = (Hidden) got(Hall.of(policy), Hall.STRANGER);
    assertThat(hidden.denial())
        .isEqualTo(
            new Denial(
                "arn:aws:iam::111122223333:user/stranger",
                "s3:GetObject",
                new ObjectKey(Hall.NARINFO),
                Kind.EXPLICIT_DENY,
                Optional.of("NotTheStranger")));
  }

  @Test
  void saysThatThereIsNoPolicy() {
    assertThat(denied(Hall.withoutPolicy(), Hall.READER)).isEqualTo(Kind.NO_POLICY);
    assertThat(denied(Hall.withoutPolicy(), Hall.caller("arn:aws:iam::111122223333:root")))
        .isEqualTo(Kind.NO_POLICY);
  }
}
