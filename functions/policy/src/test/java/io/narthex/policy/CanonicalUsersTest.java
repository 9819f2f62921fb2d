package io.narthex.policy;

import static io.narthex.policy.Given.OTHER;
import static io.narthex.policy.Given.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalUsersTest {
  private static final String OF_OWNER = "0f".repeat(32);
  private static final String OF_OTHER = "ab".repeat(32);
  private static final CanonicalUsers KNOWN =
      new CanonicalUsers(Map.of(OF_OWNER.toUpperCase(Locale.ROOT), OWNER, OF_OTHER, OTHER));
  private static final String REST = ",'Action':'*','Resource':'*'";
  private static final PolicyDocument ALL =
      Given.identityPolicy(
          """
          {"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
  private static final Map<String, Principal> CALLERS =
      Map.of(
          "anonymous", Given.ANONYMOUS,
          "user", Given.USER,
          "other user", Given.OTHER_USER,
          "other root", Given.OTHER_ROOT);

  @ParameterizedTest(name = "{0} {1} {2}, identity {3}: {4}")
  @CsvSource({
    "Allow, own, user, none, ImplicitDeny",
    "Allow, own, user, Allow, Allow",
    "Allow, own, other user, Allow, ImplicitDeny",
    "Allow, other, other user, none, ImplicitDeny",
    "Allow, other, other user, Allow, Allow",
    "Allow, other, other root, none, Allow",
    "Allow, other, anonymous, none, ImplicitDeny",
    "Allow, stranger, other user, Allow, ImplicitDeny",
    "Deny, own, user, Allow, ExplicitDeny",
    "Deny, own, other user, Allow, ImplicitDeny",
    "Deny, stranger, user, Allow, ExplicitDeny",
    "Deny, stranger, anonymous, none, ImplicitDeny",
  })
  void standForTheirAccounts(
      String effect, String id, String caller, String identity, String expected) {
    PolicyDocument bucket =
        Given.statement(effect, "'Principal':{'CanonicalUser':'" + id(id) + "'}" + REST);
    assertThat(decide(bucket, caller, identity).getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void countAsTheAccountOfWhomNotPrincipalExempts() {
    String user = "'AWS':'arn:aws:iam::111122223333:user/ci/ann'";
    String exempt = "'NotPrincipal':{" + user + ",'CanonicalUser':'%s'}" + REST;
    PolicyDocument own = Given.statement("Deny", exempt.formatted(OF_OWNER));
    PolicyDocument others = Given.statement("Deny", exempt.formatted(OF_OTHER));
    assertThat(decide(own, "user", "Allow")).isInstanceOf(Decision.Allow.class);
    assertThat(decide(others, "user", "Allow")).isInstanceOf(Decision.ExplicitDeny.class);
  }

  @Test
  void areNotUnderstoodOnlyWhereNobodyKnowsThem() {
    PolicyDocument policy =
        Given.statement("Allow", "'Principal':{'CanonicalUser':'" + OF_OTHER + "'}" + REST);
    assertThat(policy.notUnderstood(CanonicalUsers.none()))
        .containsExactly("Statement[0]: " + OF_OTHER);
    assertThat(policy.notUnderstood(KNOWN)).isEmpty();
  }

  @Test
  void areIdsAndAccounts() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("ab", OWNER),
            Map.of(OF_OTHER, "owner"),
            Map.of(OF_OTHER, OWNER, OF_OTHER.toUpperCase(Locale.ROOT), OTHER))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new CanonicalUsers(wrong));
    }
  }

  private static String id(String whose) {
    return switch (whose) {
      case "own" -> OF_OWNER;
      case "other" -> OF_OTHER;
      default -> "77".repeat(32);
    };
  }

  private static Decision decide(PolicyDocument bucket, String caller, String identity) {
    return Authorizer.decide(
        Optional.of(bucket),
        OWNER,
        identity.equals("none") ? List.of() : List.of(ALL),
        Given.get(Optional.ofNullable(CALLERS.get(caller)).orElseThrow(), Given.nothingElse()),
        KNOWN);
  }
}
