package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final String KEY = "aws:PrincipalTag/Team";

  /**
   * Operands and values are separated by blanks; no value is an absent key, ! is an unknown one.
   */
  @ParameterizedTest(name = "{0} {1} of [{2}] is {3}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          StringEquals, a, a, TRUE
          StringEquals, a, A, FALSE
          StringEquals, a, b, FALSE
          StringEquals, a b, b, TRUE
          StringEquals, a*, ab, FALSE
          StringEquals, a*, a*, TRUE
          StringEquals, a, -, FALSE
          StringEquals, a, !, INDETERMINATE
          StringEquals, a, a b, FALSE
          StringNotEquals, a, a, FALSE
          StringNotEquals, a, b, TRUE
          StringNotEquals, a b, b, FALSE
          StringNotEquals, a b, c, TRUE
          StringNotEquals, a, -, TRUE
          StringNotEquals, a, !, INDETERMINATE
          StringNotEquals, a, b c, INDETERMINATE
          StringLike, a*, abc, TRUE
          StringLike, a?c, abc, TRUE
          StringLike, A*, abc, FALSE
          StringLike, b, abc, FALSE
          StringLike, a*, *, FALSE
          StringLike, a*, -, FALSE
          StringLike, *, -, FALSE
          StringLike, *, !, INDETERMINATE
          StringLike, *, a b, FALSE
          StringNotLike, a*, abc, FALSE
          StringNotLike, a* b*, c, TRUE
          StringNotLike, a* b*, bc, FALSE
          StringNotLike, *, -, TRUE
          StringNotLike, *, !, INDETERMINATE
          StringNotLike, *, a b, INDETERMINATE
          Bool, true, true, TRUE
          Bool, true, TRUE, TRUE
          Bool, False, false, TRUE
          Bool, true, false, FALSE
          Bool, true, yes, FALSE
          Bool, true, -, FALSE
          Bool, true, !, INDETERMINATE
          ArnEquals, arn:aws:iam::1:role/r, arn:aws:iam::1:role/r, TRUE
          ArnEquals, arn:aws:iam::1:role/r, arn:aws:iam::1:role/R, FALSE
          ArnEquals, arn:aws:iam::*:role/*, arn:aws:iam::1:role/r, TRUE
          ArnEquals, arn:aws:iam::?:role/r, arn:aws:iam::1:role/r, TRUE
          ArnEquals, arn:*:role/r, arn:aws:iam::1:role/r, INDETERMINATE
          ArnEquals, arn:aws:*::1:r, arn:aws:iam:x::1:r, FALSE
          ArnEquals, arn:aws:iam::1:role/r, -, FALSE
          ArnEquals, arn:aws:iam::1:role/r, !, INDETERMINATE
          ArnEquals, arn:aws:iam::1:role/r, r, FALSE
          ArnLike, arn:aws:iam::1:role/*, arn:aws:iam::1:role/a:b, TRUE
          ArnLike, arn:aws:iam::1:role/*, arn:aws:iam::2:role/r, FALSE
          ArnNotEquals, arn:aws:iam::1:role/r, arn:aws:iam::1:role/r, FALSE
          ArnNotEquals, arn:aws:iam::1:role/* arn:aws:iam::2:role/*, arn:aws:iam::2:role/r, FALSE
          ArnNotEquals, arn:aws:iam::1:role/*, arn:aws:iam::2:role/r, TRUE
          ArnNotEquals, arn:aws:iam::1:role/r, -, TRUE
          ArnNotEquals, arn:aws:iam::1:role/r, !, INDETERMINATE
          ArnNotEquals, arn:aws:iam::1:role/r, r, FALSE
          ArnNotEquals, r, arn:aws:iam::1:role/r, INDETERMINATE
          ArnNotLike, arn:aws:iam::1:role/*, arn:aws:iam::1:role/r, FALSE
          ArnNotLike, arn:aws:iam::1:role/*, arn:aws:iam::1:user/r, TRUE
          StringEqualsIfExists, a, -, TRUE
          StringEqualsIfExists, a, b, FALSE
          StringEqualsIfExists, a, !, INDETERMINATE
          StringNotEqualsIfExists, a, -, TRUE
          StringNotEqualsIfExists, a, a, FALSE
          StringLikeIfExists, a*, -, TRUE
          StringLikeIfExists, a*, b, FALSE
          StringNotLikeIfExists, a*, -, TRUE
          BoolIfExists, true, -, TRUE
          BoolIfExists, true, false, FALSE
          ArnEqualsIfExists, arn:aws:iam::1:role/r, -, TRUE
          ArnLikeIfExists, arn:aws:iam::1:role/r, arn:aws:iam::1:role/s, FALSE
          ArnNotEqualsIfExists, arn:aws:iam::1:role/r, -, TRUE
          ArnNotLikeIfExists, arn:aws:iam::1:role/r, arn:aws:iam::1:role/r, FALSE
          StringEquals, ${aws:username}, ann, TRUE
          StringEquals, ${aws:username}, bob, FALSE
          StringEquals, ${aws:username} bob, bob, TRUE
          StringEquals, ${aws:PrincipalTag/unknown}, a, INDETERMINATE
          StringEquals, ${aws:PrincipalTag/unknown} a, a, TRUE
          StringEquals, ${aws:PrincipalTag/two}, a, INDETERMINATE
          StringEquals, ${aws:PrincipalTag/absent}, a, FALSE
          StringEquals, ${aws:PrincipalTag/absent}, -, FALSE
          StringNotEquals, ${aws:PrincipalTag/absent}, a, TRUE
          StringNotEquals, ${aws:PrincipalTag/unknown}, a, INDETERMINATE
          StringNotEquals, ${aws:username}, ann, FALSE
          StringLike, ${aws:username}*, anna, TRUE
          StringLike, ${aws:PrincipalTag/star}, ann, FALSE
          StringLike, ${*}, ann, FALSE
          StringLike, ${*}, *, TRUE
          StringLike, a${?}, ab, FALSE
          StringLike, ${$}*, $a, TRUE
          StringEqualsIgnoreCase, ABC, aBc, TRUE
          StringEqualsIgnoreCase, a*, ab, FALSE
          StringEqualsIgnoreCase, stra\u00dfe, STRASSE, FALSE
          StringEqualsIgnoreCase, ${aws:username}, ANN, TRUE
          StringNotEqualsIgnoreCase, ABC, aBc, FALSE
          StringNotEqualsIgnoreCase, ABC, -, TRUE
          ArnEquals, arn:aws:iam::1:user/${aws:username}, arn:aws:iam::1:user/ann, TRUE
          ArnEquals, arn:aws:iam::1:user/${aws:PrincipalTag/star}, arn:aws:iam::1:user/ann, FALSE
          ArnEquals, arn:aws:iam::1:role/${aws:PrincipalTag/unknown}, arn:aws:iam::1:role/r, INDETERMINATE
          ArnEquals, arn:aws:iam::1:role/${aws:PrincipalTag/absent}, arn:aws:iam::1:role/r, FALSE
          ArnNotEquals, arn:aws:iam::1:role/${aws:PrincipalTag/absent}, arn:aws:iam::1:role/r, TRUE
          StringNotEqualsIgnoreCase, ${aws:PrincipalTag/absent}, a, TRUE
          StringNotEquals, ${aws:PrincipalTag/two}, a, INDETERMINATE
          ArnLike, arn:aws:iam::${aws:username}:role/r, arn:aws:iam::ann:role/r, INDETERMINATE
          ArnNotLike, arn:aws:iam::${aws:PrincipalAccount}:role/*, arn:aws:iam::1:role/r, INDETERMINATE
          NumericEquals, 10, 10.0, TRUE
          NumericEquals, 10, 11, FALSE
          NumericEquals, 10, ten, FALSE
          NumericEquals, 10, 10abc, FALSE
          NumericEquals, 10 11, 11, TRUE
          NumericNotEquals, 10, 11, TRUE
          NumericNotEquals, 10, 10, FALSE
          NumericNotEquals, 10, ten, INDETERMINATE
          NumericNotEquals, 10, -, TRUE
          NumericLessThan, 1.2, 1.1, TRUE
          NumericLessThan, 1.2, 1.2, FALSE
          NumericLessThan, 10, 9, TRUE
          NumericLessThanEquals, 1.2, 1.20, TRUE
          NumericLessThanEquals, 1.2, 1.3, FALSE
          NumericGreaterThan, -1, 0, TRUE
          NumericGreaterThan, 0, 0, FALSE
          NumericGreaterThanEquals, 0, 0, TRUE
          NumericGreaterThanEquals, 0, -1, FALSE
          NumericLessThanIfExists, 1, -, TRUE
          DateEquals, 2026-11-23T10:00:00Z, 2026-11-23T11:00:00+01:00, TRUE
          DateEquals, 1795428000, 2026-11-23T10:00:00Z, TRUE
          DateEquals, 2026-11-23, 2026-11-23T00:00Z, TRUE
          DateEquals, 2026-11-23T10:00:00, 2026-11-23T10:00:00Z, TRUE
          DateEquals, 2026-11-23T10:00:00Z, 2026-11-23T10:00:00.5Z, FALSE
          DateEquals, 2026-11-23, yesterday, FALSE
          DateNotEquals, 2026-11-23, 2026-11-24, TRUE
          DateNotEquals, 2026-11-23, 2026-11-23, FALSE
          DateLessThan, 2026-11-24, 2026-11-23T23:59:59Z, TRUE
          DateLessThan, 2026-11-24, 2026-11-24, FALSE
          DateLessThanEquals, 2026-11-24, 2026-11-24, TRUE
          DateGreaterThan, 2026-11-23T10:00:00Z, 2026-11-23T10:00:00.000000001Z, TRUE
          DateGreaterThan, 2026-11-23T10:00:00Z, -, FALSE
          DateGreaterThanEquals, 2026-11-23, 2026-11-22, FALSE
          BinaryEquals, QmluYXJ5VmFsdWVJbkJhc2U2NA==, QmluYXJ5VmFsdWVJbkJhc2U2NA==, TRUE
          BinaryEquals, AAA=, AAE=, FALSE
          BinaryEquals, AAA=, !!, FALSE
          IpAddress, 203.0.113.0/24, 203.0.113.255, TRUE
          IpAddress, 203.0.113.0/24, 203.0.114.0, FALSE
          IpAddress, 203.0.113.77/24, 203.0.113.1, TRUE
          IpAddress, 203.0.113.4, 203.0.113.4, TRUE
          IpAddress, 203.0.113.4, 203.0.113.5, FALSE
          IpAddress, 203.0.112.0/23, 203.0.113.5, TRUE
          IpAddress, 203.0.113.0/25, 203.0.113.128, FALSE
          IpAddress, 0.0.0.0/0, 203.0.113.5, TRUE
          IpAddress, 0.0.0.0/0, 2001:db8::1, FALSE
          IpAddress, 2001:db8::/33, 2001:db8:7fff::1, TRUE
          IpAddress, 2001:db8::/33, 2001:db8:8000::1, FALSE
          IpAddress, 203.0.113.4, ::ffff:203.0.113.4, TRUE
          IpAddress, 203.0.113.0/24, localhost, FALSE
          IpAddress, 203.0.113.0/24 198.51.100.0/24, 198.51.100.9, TRUE
          NotIpAddress, 203.0.113.0/24, 203.0.113.1, FALSE
          NotIpAddress, 203.0.113.0/24, 2001:db8::1, TRUE
          NotIpAddress, 203.0.113.0/24, -, TRUE
          NotIpAddress, 203.0.113.0/24, localhost, INDETERMINATE
          NotIpAddress, 203.0.113.0/24, !, INDETERMINATE
          ForAllValues:StringEquals, a b, a b, TRUE
          ForAllValues:StringEquals, a b, a, TRUE
          ForAllValues:StringEquals, a b, a c, FALSE
          ForAllValues:StringEquals, a, -, TRUE
          ForAllValues:StringEquals, a, '', TRUE
          ForAllValues:StringEquals, a, !, INDETERMINATE
          ForAllValues:StringNotLike, a*, -, TRUE
          ForAllValues:StringNotLike, a*, b c, TRUE
          ForAllValues:StringNotLike, a*, b ab, FALSE
          ForAllValues:StringEqualsIfExists, a, -, TRUE
          ForAllValues:ArnLike, arn:aws:iam::1:*, arn:aws:iam::1:r arn:aws:iam::2:r, FALSE
          ForAllValues:IpAddress, 10.0.0.0/8, 10.1.1.1 10.2.2.2, TRUE
          ForAnyValue:StringEquals, a, a b, TRUE
          ForAnyValue:StringEquals, a, b c, FALSE
          ForAnyValue:StringEquals, a, -, FALSE
          ForAnyValue:StringEquals, a, !, INDETERMINATE
          ForAnyValue:StringEqualsIfExists, a, -, FALSE
          ForAnyValue:StringNotEquals, a, a b, TRUE
          ForAnyValue:StringNotEquals, a, a, FALSE
          ForAnyValue:StringNotEquals, a, -, FALSE
          ForAnyValue:NumericGreaterThan, 5, 1 9, TRUE
          ForAnyValue:StringLike, ${aws:PrincipalTag/unknown} b, a b, TRUE
          ForAnyValue:StringLike, ${aws:PrincipalTag/unknown}, a b, INDETERMINATE
          Null, true, -, TRUE
          Null, true, a, FALSE
          Null, true, a b, FALSE
          Null, true, '', TRUE
          Null, false, -, FALSE
          Null, False, a, TRUE
          Null, false, !, INDETERMINATE
          Null, true false, a, TRUE
          Null, false, '', FALSE
          StringEquals, a, '', FALSE
          StringEqualsIgnoreCase, ABC, -, FALSE
          StringEqualsIgnoreCaseIfExists, ABC, -, TRUE
          StringNotEqualsIgnoreCase, a b, B, FALSE
          StringLike, ${aws:PrincipalTag/absent}, a, FALSE
          StringNotLike, ${aws:PrincipalTag/absent}, a, TRUE
          StringNotLike, ${aws:PrincipalTag/star}, ann, TRUE
          NumericNotEqualsIfExists, 1, -, TRUE
          NumericLessThan, 1, -, FALSE
          NumericLessThan, 1, 0 0.5, FALSE
          NumericNotEquals, 1, 2 3, INDETERMINATE
          DateLessThanIfExists, 2026-11-24, -, TRUE
          DateEquals, 2026-11-23, !, INDETERMINATE
          DateNotEquals, 2026-11-23, yesterday, INDETERMINATE
          BinaryEquals, AAA=, -, FALSE
          BinaryEqualsIfExists, AAA=, -, TRUE
          BinaryEquals, AAA=, !, INDETERMINATE
          IpAddress, 203.0.113.0/24, -, FALSE
          IpAddressIfExists, 203.0.113.0/24, -, TRUE
          IpAddress, ::/0, 203.0.113.4, FALSE
          IpAddress, 203.0.113.0/24, 203.0.113.1 203.0.113.2, FALSE
          NotIpAddress, 203.0.113.0/24, 203.0.114.1 203.0.114.2, INDETERMINATE
          NotIpAddress, 203.0.113.0/24 198.51.100.0/24, 198.51.100.1, FALSE
          NotIpAddressIfExists, 203.0.113.0/24, -, TRUE
          ArnNotLike, arn:aws:iam::1:role/*, r, FALSE
          ArnNotLike, arn:aws:iam::1:role/*, -, TRUE
          ForAllValues:StringNotEquals, a, a b, FALSE
          ForAllValues:StringNotEquals, a, -, TRUE
          ForAllValues:Bool, true, true true, TRUE
          ForAnyValue:StringNotLike, a*, ab b, TRUE
          ForAnyValue:StringEquals, a, '', FALSE
          ForAnyValue:StringNotEquals, a, '', FALSE
          ForAnyValue:StringLike, *, '', FALSE
          ForAnyValue:IpAddress, 10.0.0.0/8, 11.1.1.1 10.2.2.2, TRUE
          ForAnyValue:StringNotEqualsIfExists, a, -, FALSE
          """)
  void holds(String operator, String operands, @Nullable String values, Truth expected) {
    assertThat(holds(operator, operands, context(values))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stringequals",
        "StringEqualsifexists",
        "forAnyValue:StringEquals",
        "ForAnyValue:ForAnyValue:StringEquals",
        "ForAllValues:Null",
        "Sounds"
      })
  void isIndeterminateByOperatorsNotUnderstood(String operator) {
    assertThat(holds(operator, "a", context("a"))).isEqualTo(Truth.INDETERMINATE);
    assertThat(holds(operator, "a", context("b"))).isEqualTo(Truth.INDETERMINATE);
    assertThat(holds(operator, "a", Given.nothingElse())).isEqualTo(Truth.INDETERMINATE);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "NumericEquals, ten",
    "NumericEquals, 1e9",
    "NumericEquals, 1.",
    "NumericEquals, .5",
    "NumericEquals, ''",
    "NumericEquals, ${aws:username}",
    "DateEquals, tomorrow",
    "DateEquals, 20261123T100000Z",
    "DateEquals, 2026-02-30",
    "DateEquals, 2026-02-30T00:00:00Z",
    "DateEquals, 2026-11-23T24:00:00Z",
    "DateEquals, 2026-11-23T10:00:00+25:00",
    "DateEquals, 2026-11-23T10",
    "DateEquals, ${aws:CurrentTime}",
    "Bool, ${aws:SecureTransport}",
    "BinaryEquals, ${aws:username}",
    "IpAddress, ${aws:SourceIp}",
    "Null, ${aws:username}",
    "DateEquals, 99999999999999",
    "Bool, yes",
    "BinaryEquals, !",
    "IpAddress, 203.0.113",
    "IpAddress, 203.0.113.0/33",
    "IpAddress, 203.0.113.0/",
    "IpAddress, 203.0.113.0/-1",
    "IpAddress, 256.0.0.1",
    "IpAddress, 2001:db8::%eth0",
    "IpAddress, example.com",
    "IpAddress, a.b.c.d",
    "Null, perhaps"
  })
  void refusesOperandsOfAnotherKind(String operator, String operand) {
    assertThatIllegalArgumentException().isThrownBy(() -> condition(operator, operand));
  }

  @Test
  void anEmptyValueAmongOthersCountsForNobodyKnowsWhat() {
    RequestContext two = Given.nothingElse().toBuilder().values(KEY, List.of("", "a")).build();
    assertThat(holds("ForAnyValue:StringNotEquals", "a", two)).isEqualTo(Truth.INDETERMINATE);
    assertThat(holds("ForAnyValue:StringNotEquals", "b", two)).isEqualTo(Truth.TRUE);
    assertThat(holds("ForAnyValue:StringEquals", "b", two)).isEqualTo(Truth.FALSE);
    assertThat(holds("ForAllValues:StringEquals", "a", two)).isEqualTo(Truth.TRUE);
  }

  @Test
  void ofKeysNobodySpokeOfIsIndeterminate() {
    RequestContext context = RequestContext.builder().build();
    assertThat(holds("StringEquals", "a", context)).isEqualTo(Truth.INDETERMINATE);
    assertThat(holds("Null", "true", context)).isEqualTo(Truth.INDETERMINATE);
  }

  @Test
  void variableIsLiteralInTheOldLanguage() {
    RequestContext context = context("${x}");
    assertThat(new ConditionMatcher(condition("StringEquals", "${x}"), false).holds(context))
        .isEqualTo(Truth.TRUE);
    assertThat(new ConditionMatcher(condition("StringLike", "$*"), false).holds(context))
        .isEqualTo(Truth.TRUE);
  }

  @Test
  void numbersAndBooleansCountAsTheirText() {
    PolicyDocument policy =
        Given.statement(
            "Allow",
            """
            'Principal':'*','Action':'*','Resource':'*','Condition':
            {'Bool':{'aws:SecureTransport':true},'StringEquals':{'s3:max-keys':[10,1.50]}}""");
    assertThat(policy.statements().getFirst().conditions())
        .flatExtracting(Condition::operands)
        .containsExactly("true", "10", "1.50");
  }

  private static Condition condition(String operator, String operands) {
    return new Condition(ConditionOperator.of(operator), KEY, List.of(operands.split(" ")));
  }

  private static Truth holds(String operator, String operands, RequestContext context) {
    AccessRequest request = Given.get(Given.USER, context);
    return new ConditionMatcher(condition(operator, operands), true).holds(request.context());
  }

  private static RequestContext context(@Nullable String values) {
    RequestContext.Builder context =
        Given.nothingElse().toBuilder()
            .value("aws:PrincipalTag/star", "*")
            .values("aws:PrincipalTag/two", List.of("a", "b"))
            .unknown("aws:PrincipalTag/unknown");
    if (values == null) {
      return context.build();
    }
    return values.equals("!")
        ? context.unknown(KEY).build()
        : context.values(KEY, Arrays.asList(values.split(" "))).build();
  }
}
