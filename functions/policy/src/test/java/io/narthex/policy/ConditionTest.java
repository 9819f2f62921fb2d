package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;

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
          StringEquals, ${x}, a, INDETERMINATE
          StringEquals, ${x} a, a, TRUE
          StringEquals, ${x}, -, FALSE
          StringNotEquals, a, a, FALSE
          StringNotEquals, a, b, TRUE
          StringNotEquals, a b, b, FALSE
          StringNotEquals, a b, c, TRUE
          StringNotEquals, a, -, TRUE
          StringNotEquals, a, !, INDETERMINATE
          StringNotEquals, a, b c, INDETERMINATE
          StringNotEquals, ${x}, a, INDETERMINATE
          StringLike, a*, abc, TRUE
          StringLike, a?c, abc, TRUE
          StringLike, A*, abc, FALSE
          StringLike, b, abc, FALSE
          StringLike, a*, *, FALSE
          StringLike, a*, -, FALSE
          StringLike, *, -, FALSE
          StringLike, *, !, INDETERMINATE
          StringLike, *, a b, FALSE
          StringLike, ${x}*, a, INDETERMINATE
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
          ArnEquals, arn:aws:iam::1:role/${x}, arn:aws:iam::1:role/r, INDETERMINATE
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
          Null, true, -, TRUE
          Null, true, a, FALSE
          Null, true, a b, FALSE
          Null, true, '', TRUE
          Null, false, -, FALSE
          Null, False, a, TRUE
          Null, false, !, INDETERMINATE
          Null, true false, a, TRUE
          """)
  void holds(String operator, String operands, @Nullable String values, Truth expected) {
    assertThat(holds(operator, operands, context(values))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NumericEquals",
        "DateLessThan",
        "IpAddress",
        "BinaryEquals",
        "StringEqualsIgnoreCase",
        "ForAllValues:StringEquals",
        "ForAnyValue:StringLike",
        "stringequals",
        "StringEqualsifexists",
        "Sounds"
      })
  void isIndeterminateByOperatorsNotUnderstood(String operator) {
    assertThat(holds(operator, "a", context("a"))).isEqualTo(Truth.INDETERMINATE);
    assertThat(holds(operator, "a", context("b"))).isEqualTo(Truth.INDETERMINATE);
    assertThat(holds(operator, "a", Given.nothingElse())).isEqualTo(Truth.INDETERMINATE);
  }

  @Test
  void ofKeysNobodySpokeOfIsIndeterminate() {
    RequestContext context = RequestContext.builder().build();
    assertThat(holds("StringEquals", "a", context)).isEqualTo(Truth.INDETERMINATE);
    assertThat(holds("Null", "true", context)).isEqualTo(Truth.INDETERMINATE);
  }

  @Test
  void variableIsLiteralInTheOldLanguage() {
    Inquiry old = new Inquiry(Given.get(Given.USER, context("${x}")), PolicyVersion.V2008_10_17);
    assertThat(condition("StringEquals", "${x}").holds(old)).isEqualTo(Truth.TRUE);
    assertThat(condition("StringLike", "$*").holds(old)).isEqualTo(Truth.TRUE);
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
    return condition(operator, operands).holds(new Inquiry(request, PolicyVersion.V2012_10_17));
  }

  private static RequestContext context(@Nullable String values) {
    RequestContext.Builder context = Given.nothingElse().toBuilder();
    if (values == null) {
      return context.build();
    }
    return values.equals("!")
        ? context.unknown(KEY).build()
        : context.values(KEY, Arrays.asList(values.split(" "))).build();
  }
}
