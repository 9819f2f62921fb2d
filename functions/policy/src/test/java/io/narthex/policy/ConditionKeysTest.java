package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionKeysTest {
  private static final String REST = "'Principal':'*','Action':'*','Resource':";

  @ParameterizedTest
  @CsvSource({
    "aws:SourceIp, true",
    "AWS:sourceip, true",
    "aws:PrincipalTag/Team, true",
    "aws:PrincipalTag/a/b, true",
    "aws:PrincipalTag/, false",
    "aws:PrincipalTag, false",
    "aws:PrincipalOrgPaths, true",
    "aws:VpceOrgID, true",
    "aws:ScourceIp, false",
    "s3:prefix, true",
    "s3:ExistingObjectTag/nix-verdict, true",
    "s3:ExistingObjectTags/nix-verdict, false",
    "s3:x-amz-storage-class, true",
    "s3:TlsVersion, true",
    "s3:SourceIp, false",
    "lambda:SourceFunctionArn, true",
    "token.actions.githubusercontent.com:sub, false",
    "SourceIp, false",
  })
  void knowsTheKeysOfAws(String key, boolean expected) {
    assertThat(ConditionKeys.isKnown(key)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIfExists",
        "ForAllValues:StringEquals",
        "ForAnyValue:StringEquals",
        "StringNotLike"
      })
  void keyThatNobodyKnowsIsIndeterminateWhateverIsSaidOfIt(String operator) {
    PolicyDocument allow = heard("Allow", operator);
    PolicyDocument deny = heard("Deny", operator);
    for (RequestContext context :
        new RequestContext[] {
          Given.nothingElse(),
          RequestContext.builder().absentUnder("aws:").absentUnder("s3:").build(),
          RequestContext.builder().absent("aws:Heard").build(),
          RequestContext.builder().value("aws:Heard", "a").build(),
          RequestContext.builder().value("aws:Heard", "b").build(),
          RequestContext.builder().build()
        }) {
      AccessRequest request = Given.get(Given.USER, context);
      assertThat(Given.decide(allow, request)).isEqualTo(new Decision.ImplicitDeny());
      assertThat(Given.decide(deny, request))
          .isEqualTo(new Decision.ExplicitDeny(Optional.empty()));
    }
  }

  @Test
  void presenceOfAKeyThatNobodyKnowsIsIndeterminate() {
    AccessRequest request = Given.get(Given.USER, Given.nothingElse());
    for (String wanted : new String[] {"true", "false"}) {
      String condition = ",'Condition':{'Null':{'aws:Heard':'" + wanted + "'}}";
      assertThat(Given.decide(Given.statement("Allow", REST + "'*'" + condition), request))
          .isEqualTo(new Decision.ImplicitDeny());
      assertThat(Given.decide(Given.statement("Deny", REST + "'*'" + condition), request))
          .isInstanceOf(Decision.ExplicitDeny.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"${aws:Heard}", "${aws:Heard, 'k'}", "${s3:heard}"})
  void variableThatNobodyKnowsIsIndeterminate(String variable) {
    String resource = "'arn:aws:s3:::b/" + variable.replace("'", "\\u0027") + "'";
    AccessRequest request = Given.get(Given.USER, Given.nothingElse());
    assertThat(Given.decide(Given.statement("Allow", REST + resource), request))
        .isEqualTo(new Decision.ImplicitDeny());
    assertThat(Given.decide(Given.statement("Deny", REST + resource), request))
        .isInstanceOf(Decision.ExplicitDeny.class);
  }

  @Test
  void documentTellsOfKeysThatNobodyKnows() {
    PolicyDocument policy =
        Given.statement(
            "Deny",
            REST
                + "'arn:aws:s3:::b/${aws:Unheard}','Condition':{'StringEquals':"
                + "{'aws:Heard':'a','aws:SourceVpc':'${s3:Heard}','s3:prefix':''}}");
    assertThat(policy.notUnderstood(CanonicalUsers.none()))
        .containsExactlyInAnyOrder(
            "Statement[0]: aws:heard", "Statement[0]: s3:heard", "Statement[0]: aws:unheard");
  }

  private static PolicyDocument heard(String effect, String operator) {
    return Given.statement(effect, REST + "'*','Condition':{'" + operator + "':{'aws:Heard':'a'}}");
  }
}
