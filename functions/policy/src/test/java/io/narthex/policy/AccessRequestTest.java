package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.IamUser;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRequestTest {
  private static final RequestContext FORGED =
      RequestContext.builder()
          .value("aws:PrincipalArn", "arn:aws:iam::111122223333:role/narthex-validate")
          .value("AWS:principalaccount", "1")
          .value("aws:PrincipalType", "User")
          .value("aws:username", "eve")
          .build();

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          aws:PrincipalArn, 0, -
          aws:PrincipalArn, 1, arn:aws:iam::111122223333:root
          aws:PrincipalArn, 2, arn:aws:iam::111122223333:user/ci/ann
          aws:PrincipalArn, 3, arn:aws:iam::111122223333:role/ci/deploy
          aws:PrincipalAccount, 0, anonymous
          aws:PrincipalAccount, 3, 111122223333
          aws:PrincipalAccount, 5, 444455556666
          aws:PrincipalType, 0, Anonymous
          aws:PrincipalType, 1, Account
          aws:PrincipalType, 2, User
          aws:PrincipalType, 3, AssumedRole
          aws:username, 0, -
          aws:username, 2, ann
          aws:username, 3, -
          """)
  void setsTheKeysThatFollowFromThePrincipal(String key, int caller, @Nullable String expected) {
    ContextValue value = Given.get(Given.CALLERS.get(caller), FORGED).context().value(key);
    assertThat(value)
        .isEqualTo(
            expected == null
                ? new ContextValue.Absent()
                : new ContextValue.Known(List.of(expected)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GetObject", "s3:*", "s3:", ":GetObject", "s3:Get Object"})
  void refusesWhatIsNotOneAction(String action) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new AccessRequest(Given.USER, action, "arn:aws:s3:::b", Given.nothingElse()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "b/k", "arn:aws:s3::b"})
  void refusesWhatIsNotAnArn(String resource) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new AccessRequest(Given.USER, "s3:GetObject", resource, Given.nothingElse()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann",
        "arn:aws:iam::111122223333:role/ann",
        "arn:aws:iam::1111:user/ann",
        "arn:aws:iam::111122223333:user/",
        "arn:aws:iam::111122223333:user/*",
        "arn:aws:sts::111122223333:user/ann",
        "arn:*:iam::111122223333:user/ann"
      })
  void refusesWhatIsNotAUser(String arn) {
    assertThatIllegalArgumentException().isThrownBy(() -> new IamUser(arn));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sts::111122223333:assumed-role/other/run-7",
        "arn:aws:sts::444455556666:assumed-role/deploy/run-7",
        "arn:aws-cn:sts::111122223333:assumed-role/deploy/run-7",
        "arn:aws:sts::111122223333:assumed-role/ci/deploy/run-7",
        "arn:aws:sts::111122223333:assumed-role/deploy/",
        "arn:aws:iam::111122223333:role/ci/deploy"
      })
  void refusesSessionsOfOtherRoles(String session) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AssumedRole("arn:aws:iam::111122223333:role/ci/deploy", session));
  }

  @Test
  void setsTheKeysOfFederatedUsersAndRolesWithoutSession() {
    RequestContext federated = Given.get(Given.FEDERATED, FORGED).context();
    assertThat(federated.value("aws:PrincipalArn"))
        .isEqualTo(new ContextValue.Known(List.of("arn:aws:sts::111122223333:federated-user/ann")));
    assertThat(federated.value("aws:PrincipalType"))
        .isEqualTo(new ContextValue.Known(List.of("FederatedUser")));
    assertThat(federated.value("aws:username")).isEqualTo(new ContextValue.Absent());
    assertThat(Given.get(Given.WITHOUT_SESSION, FORGED).context().value("aws:PrincipalArn"))
        .isEqualTo(new ContextValue.Known(List.of("arn:aws:iam::111122223333:role/ci/deploy")));
  }

  @Test
  void arnOfARoleWhosePathIsNotKnownIsUnknown() {
    RequestContext context = Given.get(Given.OF_UNKNOWN_PATH, FORGED).context();
    assertThat(context.value("aws:PrincipalArn")).isEqualTo(new ContextValue.Unknown());
    assertThat(context.value("aws:PrincipalAccount"))
        .isEqualTo(new ContextValue.Known(List.of("111122223333")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:root",
        "arn:aws:iam::111122223333:user/ci/ann",
        "arn:aws:iam::111122223333:role/ci/deploy",
        "arn:aws:sts::111122223333:federated-user/ann"
      })
  void readsPrincipalsFromTheirArns(String arn) {
    assertThat(Principal.parse(arn))
        .hasValueSatisfying(
            principal ->
                assertThat(Given.get(principal, FORGED).context().value("aws:PrincipalArn"))
                    .isEqualTo(new ContextValue.Known(List.of(arn))));
  }

  @Test
  void readsSessionsWithTheirRole() {
    assertThat(Principal.parse("arn:aws:sts::111122223333:assumed-role/deploy/run-7"))
        .contains(
            new AssumedRole(
                "arn:aws:iam::111122223333:role/deploy",
                "arn:aws:sts::111122223333:assumed-role/deploy/run-7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "111122223333",
        "anonymous",
        "AIDAJQABLZS4A3QDU576Q",
        "arn:aws:iam::111122223333:group/ops",
        "arn:aws:iam::111122223333:user/*",
        "arn:aws:iam::111122223333:user/",
        "arn:aws:sts::111122223333:assumed-role/deploy",
        "arn:aws:sts::111122223333:assumed-role//run-7",
        "arn:aws:sts::111122223333:assumed-role/deploy/run-7/x",
        "arn:aws:iam:eu-west-2:111122223333:user/ann",
        "arn:aws:sts::1111:federated-user/ann",
        "arn:aws:s3:::b"
      })
  void readsNothingElseAsAPrincipal(String text) {
    assertThat(Principal.parse(text)).isEmpty();
  }

  @Test
  void refusesWhatIsNotARoot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccountRoot("arn:aws:iam::111122223333:rooted"));
  }
}
