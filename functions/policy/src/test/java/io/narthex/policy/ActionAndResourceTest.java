package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionAndResourceTest {

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
    "a wildcard stays in its segment, arn:*:s3:::b/k, arn:aws:s3:eu:1:b/k, FALSE",
    "a variable is not understood, arn:aws:s3:::b/${aws:username}, arn:aws:s3:::b/k, INDETERMINATE",
    "nor in another partition, arn:aws:s3:::b/${aws:username}, arn:aws-cn:s3:::b/k, FALSE",
  })
  void matchesResources(String name, String pattern, String resource, Truth expected) {
    String action = "'Action':'*',";
    assertThat(applies(action + "'Resource':'" + pattern + "'", resource)).isEqualTo(expected);
    assertThat(applies(action + "'NotResource':'" + pattern + "'", resource))
        .isEqualTo(expected.not());
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
    AccessRequest request =
        new AccessRequest(Given.USER, "s3:GetObject", resource, Given.nothingElse());
    return policy.statements().getFirst().applies(new Inquiry(request, policy.version()));
  }
}
