package io.narthex.policy;

import static io.narthex.policy.Given.ANONYMOUS;
import static io.narthex.policy.Given.CALLERS;
import static io.narthex.policy.Given.OTHER_ROLE;
import static io.narthex.policy.Given.OTHER_ROOT;
import static io.narthex.policy.Given.OTHER_USER;
import static io.narthex.policy.Given.ROLE;
import static io.narthex.policy.Given.ROOT;
import static io.narthex.policy.Given.USER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrincipalMatchTest {
  private static final String IAM = "arn:aws:iam::111122223333:";
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/deploy/";
  private static final String CANONICAL = "{'CanonicalUser':'" + "ab".repeat(32) + "'}";

  record Row(String name, String element, List<Principal> matched) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, String element, Principal... matched) {
    return new Row(name, element, List.of(matched));
  }

  private static String aws(String... entries) {
    return "{'AWS':['" + String.join("','", entries) + "']}";
  }

  static List<Row> named() {
    return List.of(
        new Row("star is everyone", "'*'", CALLERS),
        new Row("star under AWS is everyone", aws("*"), CALLERS),
        row("account id is the account", aws("111122223333"), ROOT, USER, ROLE),
        row("root ARN is the account", aws(IAM + "root"), ROOT, USER, ROLE),
        row("user", aws(IAM + "user/ci/ann"), USER),
        row("user without the path is another", aws(IAM + "user/ann")),
        row("user's case matters", aws(IAM + "user/ci/Ann")),
        row("role is all its sessions", aws(IAM + "role/ci/deploy"), ROLE),
        row("role without the path is another", aws(IAM + "role/deploy")),
        row("role with another path is another", aws(IAM + "role/cd/deploy")),
        row("role's case matters", aws(IAM + "role/ci/Deploy")),
        row("role of another partition", aws("arn:aws-cn:iam::111122223333:role/ci/deploy")),
        row("session", aws(SESSION + "run-7"), ROLE),
        row("another session", aws(SESSION + "run-8")),
        row("federated user", aws("arn:aws:sts::111122223333:federated-user/ann")),
        row("deleted user", aws("AIDAJQABLZS4A3QDU576Q")),
        row("service", "{'Service':'cloudfront.amazonaws.com'}"),
        row(
            "any of several",
            aws(IAM + "user/ci/ann", "444455556666"),
            USER,
            OTHER_ROOT,
            OTHER_USER,
            OTHER_ROLE),
        row("canonical user cannot be told", CANONICAL));
  }

  static List<Row> excepted() {
    return List.of(
        row("account exempts its root", aws("111122223333"), ROOT),
        row("root ARN exempts the root", aws(IAM + "root"), ROOT),
        row("user without account", aws(IAM + "user/ci/ann")),
        row("user and account", aws(IAM + "user/ci/ann", "111122223333"), USER, ROOT),
        row("role and account without session", aws(IAM + "role/ci/deploy", "111122223333"), ROOT),
        row("session and account without role", aws(SESSION + "run-7", "111122223333"), ROOT),
        row("session and role without account", aws(SESSION + "run-7", IAM + "role/ci/deploy")),
        row(
            "session, role and account",
            aws(SESSION + "run-7", IAM + "role/ci/deploy", "111122223333"),
            ROLE,
            ROOT),
        row("star exempts nobody", "'*'"),
        row("canonical user exempts nobody", CANONICAL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("named")
  void allowsThoseNamed(Row row) {
    PolicyDocument policy = policy("Allow", "Principal", row.element());
    for (Principal caller : CALLERS) {
      Truth applies = applies(policy, caller);
      assertThat(applies == Truth.TRUE).as("%s", caller).isEqualTo(row.matched().contains(caller));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("excepted")
  void deniesAllButTheExempt(Row row) {
    PolicyDocument policy = policy("Deny", "NotPrincipal", row.element());
    for (Principal caller : CALLERS) {
      Truth applies = applies(policy, caller);
      assertThat(applies == Truth.FALSE).as("%s", caller).isEqualTo(row.matched().contains(caller));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("callersButAnonymous")
  void canonicalUserMayBeAnyAccount(Principal caller) {
    PolicyDocument policy = policy("Deny", "Principal", CANONICAL);
    assertThat(applies(policy, caller)).isEqualTo(Truth.INDETERMINATE);
    assertThat(applies(policy, ANONYMOUS)).isEqualTo(Truth.FALSE);
  }

  @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          everyone                  | '*'                                                             | TRUE  | TRUE  | TRUE
          the account               | {'AWS':'111122223333'}                                          | TRUE  | TRUE  | TRUE
          another account           | {'AWS':'444455556666'}                                          | FALSE | FALSE | FALSE
          the federated user        | {'AWS':'arn:aws:sts::111122223333:federated-user/ann'}          | TRUE  | FALSE | FALSE
          another federated user    | {'AWS':'arn:aws:sts::111122223333:federated-user/bob'}          | FALSE | FALSE | FALSE
          a user it may come from   | {'AWS':'arn:aws:iam::111122223333:user/ann'}                    | INDETERMINATE | FALSE | FALSE
          a user of another account | {'AWS':'arn:aws:iam::444455556666:user/ann'}                    | FALSE | FALSE | FALSE
          the role                  | {'AWS':'arn:aws:iam::111122223333:role/ci/deploy'}              | FALSE | TRUE  | TRUE
          another role              | {'AWS':'arn:aws:iam::111122223333:role/ci/other'}               | FALSE | FALSE | FALSE
          a session of the role     | {'AWS':'arn:aws:sts::111122223333:assumed-role/deploy/run-7'}   | FALSE | FALSE | TRUE
          another session           | {'AWS':'arn:aws:sts::111122223333:assumed-role/deploy/run-8'}   | FALSE | FALSE | FALSE
          a service                 | {'Service':'cloudfront.amazonaws.com'}                          | FALSE | FALSE | FALSE
          """)
  void namesFederatedUsersAndRoles(
      String name, String element, Truth federated, Truth withoutSession, Truth ofUnknownPath) {
    PolicyDocument policy = policy("Deny", "Principal", element);
    assertThat(applies(policy, Given.FEDERATED)).isEqualTo(federated);
    assertThat(applies(policy, Given.WITHOUT_SESSION)).isEqualTo(withoutSession);
    assertThat(applies(policy, Given.OF_UNKNOWN_PATH)).isEqualTo(ofUnknownPath);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "role/ci/deploy, , true, TRUE, FALSE, FALSE",
    "role/cd/deploy, , true, FALSE, TRUE, FALSE",
    "role/deploy, , true, FALSE, FALSE, TRUE",
    "role/ci/deploy, run-7, true, TRUE, FALSE, FALSE",
    "role/cd/deploy, run-7, true, FALSE, TRUE, FALSE",
    // The ARN of a session has no path: a role is unique by its name.
    "role/deploy, run-7, true, TRUE, TRUE, TRUE",
    "role/deploy, run-7, false, TRUE, TRUE, TRUE",
  })
  void tellsRolesApartByTheirPathsWhereThoseAreKnown(
      String role, String session, boolean isPathKnown, Truth ci, Truth cd, Truth none) {
    var caller =
        new Principal.AssumedRole(
            IAM + role, Optional.ofNullable(session).map(SESSION::concat), isPathKnown);
    assertThat(applies(named("role/ci/deploy"), caller)).isEqualTo(ci);
    assertThat(applies(named("role/cd/deploy"), caller)).isEqualTo(cd);
    assertThat(applies(named("role/deploy"), caller)).isEqualTo(none);
    assertThat(applies(named("role/ci/other"), caller)).isEqualTo(Truth.FALSE);
  }

  private static PolicyDocument named(String role) {
    return policy("Allow", "Principal", aws(IAM + role));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'AWS':['111122223333','arn:aws:sts::111122223333:federated-user/ann']} | TRUE | TRUE | TRUE
          {'AWS':['111122223333','arn:aws:iam::111122223333:role/ci/deploy']} | TRUE | TRUE | TRUE
          {'AWS':['111122223333','arn:aws:iam::111122223333:role/ci/deploy','arn:aws:sts::111122223333:assumed-role/deploy/run-7']} | TRUE | TRUE | FALSE
          """)
  void exemptsNobodyOfWhomALevelIsNotKnown(
      String element, Truth federated, Truth withoutSession, Truth ofUnknownPath) {
    PolicyDocument policy = policy("Deny", "NotPrincipal", element);
    assertThat(applies(policy, Given.FEDERATED)).isEqualTo(federated);
    assertThat(applies(policy, Given.WITHOUT_SESSION)).isEqualTo(withoutSession);
    assertThat(applies(policy, Given.OF_UNKNOWN_PATH)).isEqualTo(ofUnknownPath);
  }

  static List<Principal> callersButAnonymous() {
    return CALLERS.stream().filter(c -> !c.equals(ANONYMOUS)).toList();
  }

  private static PolicyDocument policy(String effect, String name, String element) {
    return Given.statement(effect, "'" + name + "':" + element + ",'Action':'*','Resource':'*'");
  }

  private static Truth applies(PolicyDocument policy, Principal caller) {
    AccessRequest request = Given.get(caller, Given.nothingElse());
    return policy.matchers().getFirst().applies(new Inquiry(request, CanonicalUsers.none()));
  }
}
