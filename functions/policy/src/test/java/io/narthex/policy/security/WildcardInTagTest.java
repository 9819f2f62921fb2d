package io.narthex.policy.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision.Allow;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tag whose value is written so that a policy would read it as a pattern or a variable. */
class WildcardInTagTest {
  private static final String ACCOUNT = "111122223333";
  private static final String BUCKET = "arn:aws:s3:::b/";
  private static final Principal USER =
      new Principal.IamUser("arn:aws:iam::" + ACCOUNT + ":user/mallory");

  /** What a caller, or an uploader, would be called to reach what is of team {@code red}. */
  private static final List<String> VALUES =
      List.of("*", "?", "???", "r*", "*d", "red*", "${*}", "${aws:username}", "${x, 'red'}", "");

  /** The place in a statement where the value of a tag decides, and the operator if any. */
  private static final List<String> PLACES =
      List.of(
          "\"Resource\":\"arn:aws:s3:::b/${aws:PrincipalTag/team}/k\"",
          "\"Resource\":\"arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}/k\"",
          condition("StringEquals", "${aws:PrincipalTag/team}"),
          condition("StringEqualsIgnoreCase", "${aws:PrincipalTag/team}"),
          condition("StringLike", "${aws:PrincipalTag/team}"),
          condition("ForAnyValue:StringLike", "${aws:PrincipalTag/team}"),
          condition("ForAllValues:StringEquals", "${aws:PrincipalTag/team}"));

  record Row(String place, String value) {}

  private static String condition(String operator, String operand) {
    return "\"Resource\":\"arn:aws:s3:::b/*\",\"Condition\":{\"%s\":{\"%s\":\"%s\"}}"
        .formatted(operator, "s3:ExistingObjectTag/team", operand);
  }

  static Stream<Row> rows() {
    return PLACES.stream().flatMap(place -> VALUES.stream().map(value -> new Row(place, value)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void ofACallerOpensNothingOfOthers(Row row) throws MalformedPolicyException {
    assertThat(allows(row.place(), row.value(), "red")).isFalse();
    assertThat(allows(row.place(), "red", "red")).isTrue();
  }

  /** Of an object: a policy that names a tag's value means that value. */
  @Test
  void ofAnObjectIsNoPatternForCallers() throws MalformedPolicyException {
    for (String value : VALUES) {
      for (String operator : List.of("StringEquals", "StringLike")) {
        assertThat(allows(condition(operator, "red"), "red", value)).isFalse();
        assertThat(allows(condition(operator, "${aws:PrincipalTag/team}"), "red", value)).isFalse();
      }
    }
  }

  @Test
  void aCallersTagDoesNotReachOutOfItsFolder() throws MalformedPolicyException {
    String folder = "\"Resource\":\"arn:aws:s3:::b/${aws:PrincipalTag/team}/*\"";
    for (String value : VALUES) {
      assertThat(allows(folder, value, "red")).as(value).isFalse();
    }
  }

  private static boolean allows(String place, String callers, String objects)
      throws MalformedPolicyException {
    PolicyDocument policy =
        PolicyDocument.parse(
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*",
             "Action":"s3:GetObject",%s}}"""
                .formatted(place));
    RequestContext context =
        RequestContext.builder()
            .absentUnder("")
            .value("aws:PrincipalTag/team", callers)
            .value("s3:ExistingObjectTag/team", objects)
            .build();
    var request = new AccessRequest(USER, "s3:GetObject", BUCKET + "red/k", context);
    return Authorizer.decide(Optional.of(policy), ACCOUNT, List.of(), request) instanceof Allow;
  }
}
