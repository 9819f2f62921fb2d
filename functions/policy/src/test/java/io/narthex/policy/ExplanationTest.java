package io.narthex.policy;

import static io.narthex.policy.Given.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.policy.Explanation.Basis;
import io.narthex.policy.Explanation.Line;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
  private static final Map<String, Principal> CALLERS =
      Map.of(
          "anonymous", Given.ANONYMOUS,
          "root", Given.ROOT,
          "user", Given.USER,
          "role", Given.ROLE,
          "other user", Given.OTHER_USER,
          "other root", Given.OTHER_ROOT);
  private static final Map<String, String> PRINCIPALS =
      Map.of(
          "everyone", "'*'",
          "account", "{'AWS':'111122223333'}",
          "other account", "{'AWS':'444455556666'}");
  private static final NamedPolicy ALL =
      new NamedPolicy(
          "all",
          Given.identityPolicy(
              """
              {"Statement":{"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"}}"""));

  @ParameterizedTest(name = "{0}: bucket {1}, identity {2}")
  @CsvSource({
    "anonymous, Allow everyone, none, BUCKET_POLICY, 'bucket policy, Statement[0] One'",
    "anonymous, none, none, NOTHING_ALLOWS, ''",
    "anonymous, Deny everyone, none, DENIED, 'bucket policy, Statement[0] One'",
    "user, Allow everyone, none, BUCKET_POLICY, 'bucket policy, Statement[0] One'",
    "user, none, all, IDENTITY_POLICY, 'identity policy all, Statement[0] All'",
    "user, Allow account, all, DELEGATED, 'bucket policy, Statement[0] One'",
    "user, Allow account, none, NOT_DELEGATED, ''",
    "user, none, none, NOTHING_ALLOWS, ''",
    "user, Deny account, all, DENIED, 'bucket policy, Statement[0] One'",
    "root, none, none, OWNER, ''",
    "other user, Allow other account, all, BOTH_SIDES, 'bucket policy, Statement[0] One'",
    "other user, Allow everyone, none, NO_IDENTITY_POLICY, ''",
    "other user, none, all, NO_BUCKET_POLICY, ''",
    "other user, none, none, NOTHING_ALLOWS, ''",
    "other root, Allow other account, none, OTHER_ROOT, 'bucket policy, Statement[0] One'",
    "other root, none, none, NO_BUCKET_POLICY, ''",
  })
  void saysHowTheTwoSidesCameTogether(
      String caller, String bucket, String identity, Basis basis, String deciding) {
    Explanation explanation =
        Authorizer.explain(
            bucketPolicy(bucket),
            OWNER,
            identity.equals("none") ? List.of() : List.of(ALL),
            Given.get(Optional.ofNullable(CALLERS.get(caller)).orElseThrow(), Given.nothingElse()),
            CanonicalUsers.none());
    assertThat(explanation.basis()).isEqualTo(basis);
    assertThat(explanation.deciding().map(Object::toString).orElse("")).isEqualTo(deciding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Principal':'*','Action':'s3:*','Resource':'*' | applies
          'Principal':{'AWS':'111122223333'},'Action':'s3:*','Resource':'*' | applies, to the caller's account: the account's identity policies decide
          'Principal':{'AWS':'444455556666'},'Action':'s3:Put*','Resource':'*' | Principal: arn:aws:iam::111122223333:user/ci/ann is not 444455556666
          'Principal':'*','Action':['s3:Put*','s3:DeleteObject'],'Resource':'*' | Action: s3:GetObject does not match s3:Put*, s3:DeleteObject
          'Principal':'*','NotAction':'s3:Get*','Resource':'*' | NotAction: s3:GetObject matches s3:Get*
          'Principal':'*','Action':'*','Resource':'arn:aws:s3:::b/nar/*' | Resource: arn:aws:s3:::b/k does not match arn:aws:s3:::b/nar/*
          'Principal':'*','Action':'*','NotResource':'arn:aws:s3:::b/*' | NotResource: arn:aws:s3:::b/k matches arn:aws:s3:::b/*
          'Principal':'*','Action':'*','Resource':'*','Condition':{'StringEquals':{'s3:ExistingObjectTag/nix-verdict':'verified'}} | Condition StringEquals s3:ExistingObjectTag/nix-verdict: absent, wanted verified
          'Principal':'*','Action':'*','Resource':'*','Condition':{'StringNotEquals':{'aws:referer':['here','there']}} | Condition StringNotEquals aws:referer: here, wanted none of here, there
          'Principal':'*','Action':'*','Resource':'*','Condition':{'Null':{'aws:referer':'true'}} | Condition Null aws:referer: here, wanted absent
          'Principal':'*','Action':'*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'true'}} | indeterminate: Condition Bool aws:SecureTransport: nobody knows its value, wanted true (so it does not allow)
          'Principal':'*','Action':'*','Resource':'*','Condition':{'StringEquals':{'aws:Heard':'a'}} | indeterminate: Condition StringEquals aws:Heard: AWS knows no such key, wanted a (so it does not allow)
          'Principal':'*','Action':'*','Resource':'*','Condition':{'Sounds':{'aws:referer':'a'}} | indeterminate: Condition Sounds aws:referer: the operator is not understood, wanted a (so it does not allow)
          'Principal':'*','Action':'*','Resource':'arn:aws:s3:::b/${aws:SecureTransport}' | indeterminate: Resource: a variable has no known value in arn:aws:s3:::b/${aws:SecureTransport} (so it does not allow)
          """)
  void saysTheFirstThingThatDidNotMatch(String elements, String outcome) {
    RequestContext context =
        Given.nothingElse().toBuilder()
            .value("aws:referer", "here")
            .unknown("aws:SecureTransport")
            .build();
    Explanation explanation =
        Authorizer.explain(
            Optional.of(Given.statement("Allow", elements)),
            OWNER,
            List.of(),
            Given.get(Given.USER, context),
            CanonicalUsers.none());
    assertThat(explanation.statements()).extracting(Line::outcome).containsExactly(outcome);
  }

  @Test
  void denyOfWhichItCannotBeToldIsSaidToMayApply() {
    Explanation explanation =
        Authorizer.explain(
            Optional.of(
                Given.statement(
                    "Deny",
                    "'Principal':'*','Action':'*','Resource':'*','Condition':"
                        + "{'Bool':{'aws:SecureTransport':'false'}}")),
            OWNER,
            List.of(),
            Given.get(Given.USER, RequestContext.builder().build()),
            CanonicalUsers.none());
    assertThat(explanation.basis()).isEqualTo(Basis.MAY_BE_DENIED);
    assertThat(explanation.statements().getFirst().outcome()).endsWith(" (so it denies)");
  }

  @Test
  void neverDisagreesWithTheDecision() {
    RandomPolicies random = new RandomPolicies(21);
    Set<Basis> met = EnumSet.noneOf(Basis.class);
    for (int i = 0; i < 20_000; i++) {
      Optional<PolicyDocument> bucket =
          i % 5 == 0 ? Optional.empty() : Optional.of(random.bucketPolicy());
      List<NamedPolicy> identity = new ArrayList<>();
      for (int j = 0; j < i % 3; j++) {
        identity.add(new NamedPolicy("p" + j, random.identityPolicy()));
      }
      AccessRequest request = random.request(random.context());
      Explanation explanation =
          Authorizer.explain(bucket, OWNER, identity, request, CanonicalUsers.none());
      Decision decision =
          Authorizer.decide(
              bucket, OWNER, identity.stream().map(NamedPolicy::policy).toList(), request);
      assertThat(explanation.decision()).isEqualTo(decision);
      assertThat(isOf(decision, explanation.basis())).as("%s", explanation).isTrue();
      assertThat(sid(decision)).isEqualTo(explanation.deciding().flatMap(Explanation.Place::sid));
      met.add(explanation.basis());
      Explanation shutOut = explanation.shutOut();
      assertThat(shutOut.decision()).isNotInstanceOf(Decision.Allow.class);
      assertThat(isOf(shutOut.decision(), shutOut.basis())).as("%s", shutOut).isTrue();
      assertThat(shutOut.statements()).isEqualTo(explanation.statements());
      met.add(shutOut.basis());
    }
    assertThat(met).containsExactlyInAnyOrder(Basis.values());
  }

  private static boolean isOf(Decision decision, Basis basis) {
    return switch (basis) {
      case DENIED, MAY_BE_DENIED -> decision instanceof Decision.ExplicitDeny;
      case BUCKET_POLICY, IDENTITY_POLICY, DELEGATED, OWNER, BOTH_SIDES, OTHER_ROOT ->
          decision instanceof Decision.Allow;
      case NOTHING_ALLOWS, SHUT_OUT, NOT_DELEGATED, NO_IDENTITY_POLICY, NO_BUCKET_POLICY ->
          decision instanceof Decision.ImplicitDeny;
    };
  }

  private static Optional<String> sid(Decision decision) {
    return switch (decision) {
      case Decision.Allow(Optional<String> sid) -> sid;
      case Decision.ExplicitDeny(Optional<String> sid) -> sid;
      case Decision.ImplicitDeny _ -> Optional.empty();
    };
  }

  private static Optional<PolicyDocument> bucketPolicy(String text) {
    if (text.equals("none")) {
      return Optional.empty();
    }
    int blank = text.indexOf(' ');
    return Optional.of(
        Given.statement(
            text.substring(0, blank),
            "'Sid':'One','Action':'*','Resource':'*','Principal':"
                + PRINCIPALS.get(text.substring(blank + 1))));
  }
}
