package io.narthex.policy;

import static io.narthex.policy.Given.OTHER;
import static io.narthex.policy.Given.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {
  private static final Map<String, Principal> CALLERS =
      Map.of(
          "anonymous", Given.ANONYMOUS,
          "root", Given.ROOT,
          "user", Given.USER,
          "role", Given.ROLE,
          "federated", Given.FEDERATED,
          "other root", Given.OTHER_ROOT,
          "other user", Given.OTHER_USER,
          "other role", Given.OTHER_ROLE);
  private static final String IAM = "{'AWS':'arn:aws:iam::";
  private static final Map<String, String> PRINCIPALS =
      Map.of(
          "everyone", "'*'",
          "user", IAM + OWNER + ":user/ci/ann'}",
          "role", IAM + OWNER + ":role/ci/deploy'}",
          "account", IAM + OWNER + ":root'}",
          "other user", IAM + OTHER + ":user/ann'}",
          "other role", IAM + OTHER + ":role/deploy'}",
          "other account", "{'AWS':'444455556666'}",
          "canonical", "{'CanonicalUser':'" + "0f".repeat(32) + "'}");

  /**
   * What the bucket policy says (an effect and whom), what the identity policy says, and the
   * result.
   */
  @ParameterizedTest(name = "{0}: bucket {1}, identity {2}")
  @CsvSource({
    "anonymous,  none,                none,  ImplicitDeny",
    "anonymous,  Allow everyone,      none,  Allow",
    "anonymous,  Allow everyone,      Deny,  Allow",
    "anonymous,  none,                Allow, ImplicitDeny",
    "anonymous,  Allow account,       Allow, ImplicitDeny",
    "anonymous,  Deny everyone,       none,  ExplicitDeny",
    "user,       none,                none,  ImplicitDeny",
    "user,       none,                Allow, Allow",
    "user,       none,                Deny,  ExplicitDeny",
    "user,       Allow everyone,      none,  Allow",
    "user,       Allow user,          none,  Allow",
    "user,       Allow user,          Deny,  ExplicitDeny",
    "user,       Allow account,       none,  ImplicitDeny",
    "user,       Allow account,       Allow, Allow",
    "user,       Allow role,          none,  ImplicitDeny",
    "user,       Allow canonical,     none,  ImplicitDeny",
    "user,       Deny user,           Allow, ExplicitDeny",
    "user,       Deny account,        Allow, ExplicitDeny",
    "user,       Deny role,           Allow, Allow",
    "user,       Deny canonical,      Allow, ExplicitDeny",
    "role,       Allow role,          none,  Allow",
    "role,       Allow account,       none,  ImplicitDeny",
    "role,       Deny role,           Allow, ExplicitDeny",
    "role,       none,                Allow, Allow",
    "role,       none,                Deny,  ExplicitDeny",
    "role,       Allow everyone,      none,  Allow",
    "role,       Allow account,       Allow, Allow",
    "federated,  none,                Allow, Allow",
    "federated,  Allow account,       none,  ImplicitDeny",
    "federated,  Allow user,          none,  ImplicitDeny",
    "federated,  Deny user,           Allow, ExplicitDeny",
    "root,       none,                Deny,  ExplicitDeny",
    "root,       Allow everyone,      Deny,  ExplicitDeny",
    "root,       Allow other account, none,  Allow",
    "other root, Allow other account, Deny,  ExplicitDeny",
    "other root, Deny other account,  none,  ExplicitDeny",
    "other root, Allow account,       none,  ImplicitDeny",
    "other role, Allow everyone,      none,  ImplicitDeny",
    "other role, Allow other account, none,  ImplicitDeny",
    "other role, Allow role,          Allow, ImplicitDeny",
    "anonymous,  Deny account,        none,  ImplicitDeny",
    "anonymous,  Deny canonical,      none,  ImplicitDeny",
    "root,       none,                none,  Allow",
    "root,       Deny everyone,       none,  ExplicitDeny",
    "root,       Deny account,        none,  ExplicitDeny",
    "other user, none,                Allow, ImplicitDeny",
    "other user, Allow everyone,      none,  ImplicitDeny",
    "other user, Allow everyone,      Allow, Allow",
    "other user, Allow everyone,      Deny,  ExplicitDeny",
    "other user, Allow other user,    none,  ImplicitDeny",
    "other user, Allow other user,    Allow, Allow",
    "other user, Allow other account, Allow, Allow",
    "other user, Allow other account, none,  ImplicitDeny",
    "other user, Allow account,       Allow, ImplicitDeny",
    "other user, Allow canonical,     Allow, ImplicitDeny",
    "other user, Deny other account,  Allow, ExplicitDeny",
    "other role, Allow other role,    Allow, Allow",
    "other root, none,                none,  ImplicitDeny",
    "other root, Allow other account, none,  Allow",
    "other root, Allow everyone,      none,  Allow",
  })
  void combinesBothSides(String who, String bucket, String identity, String expected) {
    Principal caller = Optional.ofNullable(CALLERS.get(who)).orElseThrow();
    Decision decision =
        Authorizer.decide(
            bucketPolicy(bucket),
            OWNER,
            identityPolicy(identity).stream().toList(),
            Given.get(caller, Given.nothingElse()));
    assertThat(decision.getClass().getSimpleName()).isEqualTo(expected);
    boolean isInDoubt = bucket.endsWith("canonical") || (who + bucket).matches("federated.* user");
    assertThat(
            Authorizer.couldAllow(
                bucketPolicy(bucket),
                OWNER,
                identityPolicy(identity).stream().toList(),
                Given.get(caller, Given.nothingElse()),
                CanonicalUsers.none()))
        .isEqualTo(isInDoubt ? !who.equals("anonymous") : expected.equals("Allow"));
  }

  @Test
  void namesTheStatementThatDecided() {
    String elements = "'Principal':'*','Action':'s3:*','Resource':'*','Sid':'%s'";
    AccessRequest request = Given.get(Given.USER, Given.nothingElse());
    assertThat(Given.decide(Given.statement("Allow", elements.formatted("Open")), request))
        .isEqualTo(new Decision.Allow(Optional.of("Open")));
    assertThat(Given.decide(Given.statement("Deny", elements.formatted("Shut")), request))
        .isEqualTo(new Decision.ExplicitDeny(Optional.of("Shut")));
  }

  /** By the other one alone nobody would get in. */
  @Test
  void namesTheStatementForTheCallerBeforeOneForItsAccount() {
    String statement = "{'Sid':'%s','Effect':'Allow','Principal':%s,'Action':'*','Resource':'*'}";
    String account = statement.formatted("Account", PRINCIPALS.get("account"));
    String user = statement.formatted("User", PRINCIPALS.get("user"));
    AccessRequest request = Given.get(Given.USER, Given.nothingElse());
    for (String statements : List.of(account + "," + user, user + "," + account)) {
      PolicyDocument policy =
          Given.bucketPolicy("{'Statement':[%s]}".formatted(statements).replace('\'', '"'));
      assertThat(Given.decide(policy, request)).isEqualTo(new Decision.Allow(Optional.of("User")));
      assertThat(
              Authorizer.explain(
                      Optional.of(policy), OWNER, List.of(), request, CanonicalUsers.none())
                  .deciding()
                  .flatMap(Explanation.Place::sid))
          .contains("User");
    }
  }

  @Test
  void whatIsNotUnderstoodNeverAllowsAndAlwaysDenies() {
    String elements =
        "'Principal':'*','Action':'*','Resource':'*','Condition':{'Sounds':{'aws:referer':'y'}}";
    AccessRequest request = Given.get(Given.USER, Given.nothingElse());
    assertThat(Given.decide(Given.statement("Allow", elements), request))
        .isEqualTo(new Decision.ImplicitDeny());
    assertThat(Given.decide(Given.statement("Deny", elements), request))
        .isEqualTo(new Decision.ExplicitDeny(Optional.empty()));
  }

  @Test
  void everyConditionMustHold() {
    String elements =
        "'Principal':'*','Action':'*','Resource':'*','Condition':"
            + "{'StringEquals':{'aws:referer':'1','aws:UserAgent':'2'},'Null':{'aws:SourceVpc':'true'}}";
    PolicyDocument policy = Given.statement("Allow", elements);
    RequestContext all =
        Given.nothingElse().toBuilder()
            .value("AWS:Referer", "1")
            .value("aws:UserAgent", "2")
            .build();
    assertThat(Given.decide(policy, Given.get(Given.USER, all))).isInstanceOf(Decision.Allow.class);
    for (RequestContext less :
        List.of(
            all.toBuilder().absent("aws:referer").build(),
            all.toBuilder().values("aws:UserAgent", List.of("3")).build(),
            all.toBuilder().value("aws:SourceVpc", "x").build())) {
      assertThat(Given.decide(policy, Given.get(Given.USER, less)))
          .isEqualTo(new Decision.ImplicitDeny());
    }
  }

  @Test
  void refusesPoliciesOfTheOtherKind() {
    PolicyDocument bucket = bucketPolicy("Allow everyone").orElseThrow();
    PolicyDocument identity = identityPolicy("Allow").orElseThrow();
    AccessRequest request = Given.get(Given.USER, Given.nothingElse());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Authorizer.decide(Optional.of(identity), OWNER, List.of(), request));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Authorizer.decide(Optional.empty(), OWNER, List.of(bucket), request));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Authorizer.decide(Optional.empty(), "example", List.of(), request));
  }

  private static Optional<PolicyDocument> bucketPolicy(String text) {
    if (text.equals("none")) {
      return Optional.empty();
    }
    int blank = text.indexOf(' ');
    String principal = PRINCIPALS.get(text.substring(blank + 1));
    return Optional.of(
        Given.statement(
            text.substring(0, blank),
            "'Principal':" + principal + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'"));
  }

  private static Optional<PolicyDocument> identityPolicy(String effect) {
    return effect.equals("none")
        ? Optional.empty()
        : Optional.of(
            Given.identityPolicy(
                """
                {"Statement":[{"Effect":"%s","Action":"s3:*","Resource":"*"}]}"""
                    .formatted(effect)));
  }
}
