package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionAndResourceTest {
  private static final RequestContext CONTEXT =
      Given.nothingElse().toBuilder()
          .value("aws:PrincipalTag/star", "*")
          .values("aws:PrincipalTag/two", List.of("k", "l"))
          .unknown("aws:PrincipalTag/unknown")
          .build();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          the action | 'Action':'s3:GetObject' | TRUE
          another action | 'Action':'s3:PutObject' | FALSE
          case does not matter | 'Action':'S3:getobject' | TRUE
          everything | 'Action':'*' | TRUE
          everything of S3 | 'Action':'s3:*' | TRUE
          nothing but everything | 'NotAction':'*' | FALSE
          complement in another case | 'NotAction':'S3:GETOBJECT' | FALSE
          a prefix | 'Action':'s3:Get*' | TRUE
          a prefix is not the whole | 'Action':'s3:Get' | FALSE
          one character | 'Action':'s3:?etObject' | TRUE
          the longer name is another | 'Action':'s3:GetObjectVersion' | FALSE
          any of several | 'Action':['s3:PutObject','s3:GetObject'] | TRUE
          all but the action | 'NotAction':'s3:GetObject' | FALSE
          all but another | 'NotAction':'s3:Put*' | TRUE
          all but several | 'NotAction':['s3:PutObject','s3:Get*'] | FALSE
          """)
  void matchesActions(String name, String element, Truth expected) {
    assertThat(applies(element + ",'Resource':'*'", "arn:aws:s3:::b/k")).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the object, arn:aws:s3:::b/k, arn:aws:s3:::b/k, TRUE",
    "another object, arn:aws:s3:::b/k, arn:aws:s3:::b/l, FALSE",
    "case matters, arn:aws:s3:::b/k, arn:aws:s3:::b/K, FALSE",
    "everything, *, arn:aws:s3:::b/k, TRUE",
    "objects of the bucket, arn:aws:s3:::b/*, arn:aws:s3:::b/k/l, TRUE",
    "objects are not the bucket, arn:aws:s3:::b/*, arn:aws:s3:::b, FALSE",
    "objects of another bucket, arn:aws:s3:::b/*, arn:aws:s3:::bb/k, FALSE",
    "the bucket is not its objects, arn:aws:s3:::b, arn:aws:s3:::b/k, FALSE",
    "buckets by prefix, arn:aws:s3:::b*, arn:aws:s3:::bb, TRUE",
    "one character, arn:aws:s3:::b/?, arn:aws:s3:::b/k, TRUE",
    "colons in the key, arn:aws:s3:::b/*:x, arn:aws:s3:::b/a:b:x, TRUE",
    "slashes are not folded, arn:aws:s3:::b/k, arn:aws:s3:::b//k, FALSE",
    "dots are not folded, arn:aws:s3:::b/k, arn:aws:s3:::b/x/../k, FALSE",
    "any partition, arn:aws*:s3:::b/k, arn:aws-cn:s3:::b/k, TRUE",
    "another partition, arn:aws:s3:::b/k, arn:aws-cn:s3:::b/k, FALSE",
    "bare star is not a part, arn:aws:s3:::*, arn:aws:s3:::b/k/l, TRUE",
    "one character is any, arn:aws:s3:::b?k, arn:aws:s3:::b/k, TRUE",
    "a question mark in the key, arn:aws:s3:::b/?, arn:aws:s3:::b/kk, FALSE",
    "escapes are not undone, arn:aws:s3:::b/a b, arn:aws:s3:::b/a%20b, FALSE",
    "a wildcard stays in its segment, arn:*:s3:::b/k, arn:aws:s3:eu:1:b/k, FALSE",
    "a variable, arn:aws:s3:::b/${aws:username}/*, arn:aws:s3:::b/ann/k, TRUE",
    "another value of it, arn:aws:s3:::b/${aws:username}/*, arn:aws:s3:::b/bob/k, FALSE",
    "two variables, arn:aws:s3:::b/${aws:PrincipalType}-${aws:username}, arn:aws:s3:::b/User-ann, TRUE",
    "case of its key, arn:aws:s3:::b/${AWS:UserName}, arn:aws:s3:::b/ann, TRUE",
    "a wildcard in its value, arn:aws:s3:::b/${aws:PrincipalTag/star}, arn:aws:s3:::b/k, FALSE",
    "the same character, arn:aws:s3:::b/${aws:PrincipalTag/star}, arn:aws:s3:::b/*, TRUE",
    "a literal star, arn:aws:s3:::b/${*}, arn:aws:s3:::b/*, TRUE",
    "only that, arn:aws:s3:::b/${*}, arn:aws:s3:::b/k, FALSE",
    "a literal question mark, arn:aws:s3:::b/${?}, arn:aws:s3:::b/k, FALSE",
    "a literal dollar, arn:aws:s3:::b/${$}{aws:username}, arn:aws:s3:::b/${aws:username}, TRUE",
    "an unknown variable, arn:aws:s3:::b/${aws:PrincipalTag/unknown}, arn:aws:s3:::b/k, INDETERMINATE",
    "a variable of two values, arn:aws:s3:::b/${aws:PrincipalTag/two}, arn:aws:s3:::b/k, INDETERMINATE",
    "an unknown one elsewhere, arn:aws:s3:::b/${aws:PrincipalTag/unknown}, arn:aws-cn:s3:::b/k, FALSE",
  })
  void matchesResources(String name, String pattern, String resource, Truth expected) {
    String action = "'Action':'*',";
    assertThat(applies(action + "'Resource':'" + pattern + "'", resource)).isEqualTo(expected);
    assertThat(applies(action + "'NotResource':'" + pattern + "'", resource))
        .isEqualTo(expected.not());
  }

  @Test
  void variableWithoutValueMatchesNothingAndLeavesOutNobodyKnowsWhat() {
    String pattern = "'arn:aws:s3:::b/${aws:PrincipalTag/absent}'";
    String resource = "arn:aws:s3:::b/k";
    assertThat(applies("'Action':'*','Resource':" + pattern, resource)).isEqualTo(Truth.FALSE);
    assertThat(applies("'Action':'*','NotResource':" + pattern, resource))
        .isEqualTo(Truth.INDETERMINATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          arn:aws:s3:::b/${aws:PrincipalTag/absent, 'k'} | arn:aws:s3:::b/k | TRUE
          arn:aws:s3:::b/${aws:PrincipalTag/absent, 'k'} | arn:aws:s3:::b/l | FALSE
          arn:aws:s3:::b/${aws:PrincipalTag/absent, '*'} | arn:aws:s3:::b/l | FALSE
          arn:aws:s3:::b/${aws:PrincipalTag/absent, ''}k | arn:aws:s3:::b/k | TRUE
          arn:aws:s3:::b/${aws:username, 'k'} | arn:aws:s3:::b/k | FALSE
          arn:aws:s3:::b/${aws:username, 'k'} | arn:aws:s3:::b/ann | TRUE
          arn:aws:s3:::b/${aws:PrincipalTag/unknown, 'k'} | arn:aws:s3:::b/k | INDETERMINATE
          """)
  void defaultStandsForAnAbsentKey(String pattern, String resource, Truth expected) {
    PolicyDocument policy =
        Given.bucketPolicy(
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*",
             "Resource":"%s"}}"""
                .formatted(pattern));
    assertThat(applies(policy, resource)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${}",
        "${aws:username",
        "${aws: username}",
        "${username}",
        "${aws:username,'k'}",
        "${aws:username, k}",
        "${aws:username, 'k}",
        "${aws:username, 'k'l'}",
        "${aws:a${aws:b}}",
        "${**}"
      })
  void refusesMalformedVariables(String variable) {
    for (String element :
        List.of(
            "\"Resource\":\"arn:aws:s3:::b/%s\"",
            "\"Resource\":\"*\",\"Condition\":{\"StringLike\":{\"aws:referer\":\"%s\"}}",
            "\"Resource\":\"*\",\"Condition\":{\"ArnLike\":{\"aws:referer\":\"arn:a:b:c:d:%s\"}}")) {
      String policy =
          "{\"Version\":\"%s\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",%s}}"
              .formatted("2012-10-17", element.formatted(variable));
      assertThatExceptionOfType(MalformedPolicyException.class)
          .as(policy)
          .isThrownBy(() -> PolicyDocument.parse(policy));
      assertThatCode(() -> PolicyDocument.parse(policy.replace("2012-10-17", "2008-10-17")))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:${aws:username}", "s3:Get${*}", "s3:Get${?}bject"})
  void actionsHaveNoVariables(String action) {
    for (String element : List.of("Action", "NotAction")) {
      String policy =
          """
          {"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","%s":"%s",
           "Resource":"*"}}"""
              .formatted(element, action);
      assertThatExceptionOfType(MalformedPolicyException.class)
          .isThrownBy(() -> PolicyDocument.parse(policy))
          .withMessage("Policy has invalid action");
    }
  }

  @Test
  void keyMayHoldAnyCharacter() {
    String element = "'Action':'*','Resource':'arn:aws:s3:::b/*.narinfo'";
    assertThat(applies(element, "arn:aws:s3:::b/a\n😀.narinfo")).isEqualTo(Truth.TRUE);
  }

  @Test
  void variableIsLiteralInTheOldLanguage() {
    PolicyDocument policy =
        Given.bucketPolicy(
            """
            {"Statement":{"Effect":"Allow","Principal":"*","Action":"*",
             "Resource":"arn:aws:s3:::b/${aws:username}"}}""");
    assertThat(policy.version()).isEqualTo(PolicyVersion.V2008_10_17);
    assertThat(applies(policy, "arn:aws:s3:::b/${aws:username}")).isEqualTo(Truth.TRUE);
    assertThat(applies(policy, "arn:aws:s3:::b/ann")).isEqualTo(Truth.FALSE);
  }

  private static Truth applies(String elements, String resource) {
    return applies(Given.statement("Deny", "'Principal':'*'," + elements), resource);
  }

  private static Truth applies(PolicyDocument policy, String resource) {
    AccessRequest request = new AccessRequest(Given.USER, "s3:GetObject", resource, CONTEXT);
    return policy.matchers().getFirst().applies(new Inquiry(request, CanonicalUsers.none()));
  }
}
