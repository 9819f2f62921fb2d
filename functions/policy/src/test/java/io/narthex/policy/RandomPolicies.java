package io.narthex.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Seeded random documents and requests over a world small enough that statements often apply. */
final class RandomPolicies {
  static final List<String> KEYS =
      List.of("aws:referer", "s3:ExistingObjectTag/y", "aws:PrincipalArn");

  private static final List<String> ACTIONS =
      List.of("*", "s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "S3:getobject");
  private static final List<String> RESOURCES =
      List.of(
          "*",
          "arn:aws:s3:::b/*",
          "arn:aws:s3:::b/?",
          "arn:aws:s3:::b",
          "arn:aws:s3:::b/${aws:referer}");
  private static final List<String> OPERATORS =
      List.of(
          "StringEquals",
          "StringNotEquals",
          "StringLikeIfExists",
          "StringNotLike",
          "ArnLike",
          "ArnNotEquals",
          "Null",
          "BoolIfExists",
          "StringNotEqualsIgnoreCase",
          "ForAnyValue:StringEquals",
          "ForAllValues:StringNotLike",
          "ForAllValues:ArnLike",
          "Sounds");
  private static final List<String> OPERANDS =
      List.of("a", "a*", "${aws:referer}", "\"\\\n😀", "arn:aws:iam::111122223333:role/ci/deploy");
  private static final List<String> PRINCIPALS =
      List.of(
          "111122223333",
          "444455556666",
          "arn:aws:iam::111122223333:user/ci/ann",
          "arn:aws:iam::111122223333:role/ci/deploy",
          "arn:aws:sts::111122223333:assumed-role/deploy/run-7",
          "AIDAJQABLZS4A3QDU576Q");

  private final Random random;

  RandomPolicies(long seed) {
    random = new Random(seed);
  }

  PolicyDocument bucketPolicy() {
    return document(some(3, this::statement));
  }

  PolicyDocument identityPolicy() {
    return document(
        some(
            2,
            () -> {
              Statement s = statement();
              return new Statement(
                  s.sid(),
                  s.effect(),
                  new PrincipalElement.Holder(),
                  s.actions(),
                  s.resources(),
                  s.conditions());
            }));
  }

  PolicyDocument document(List<Statement> statements) {
    return new PolicyDocument(
        random.nextInt(4) == 0 ? PolicyVersion.V2008_10_17 : PolicyVersion.V2012_10_17,
        random.nextBoolean() ? Optional.of("id") : Optional.empty(),
        statements);
  }

  Statement statement() {
    return statement(random.nextInt(3) == 0 ? Effect.DENY : Effect.ALLOW);
  }

  Statement statement(Effect effect) {
    return new Statement(
        random.nextBoolean() ? Optional.of("s" + random.nextInt(9)) : Optional.empty(),
        effect,
        principals(effect),
        new ActionElement(random.nextInt(5) == 0, some(2, () -> new ActionPattern(pick(ACTIONS)))),
        new ResourceElement(
            random.nextInt(5) == 0, some(2, () -> new ResourcePattern(pick(RESOURCES)))),
        random.nextBoolean() ? List.of() : conditions());
  }

  private PrincipalElement principals(Effect effect) {
    if (random.nextBoolean()) {
      return new PrincipalElement.Named(List.of(new PrincipalPattern.Everyone()));
    }
    List<PrincipalPattern> patterns =
        new ArrayList<>(
            some(4, () -> PrincipalPattern.parse("AWS", pick(PRINCIPALS)).orElseThrow()));
    if (random.nextInt(4) == 0) {
      patterns.add(new PrincipalPattern.CanonicalUser("ab".repeat(32)));
    }
    return effect == Effect.DENY && random.nextBoolean()
        ? new PrincipalElement.AllExcept(patterns)
        : new PrincipalElement.Named(patterns);
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String operator = pick(OPERATORS);
      String key = pick(KEYS);
      if (seen.add(operator + key)) {
        conditions.add(new Condition(ConditionOperator.of(operator), key, operands(operator)));
      }
    }
    return conditions;
  }

  private List<String> operands(String operator) {
    return operator.equals("Null") || operator.startsWith("Bool")
        ? List.of(String.valueOf(random.nextBoolean()))
        : some(2, () -> pick(OPERANDS));
  }

  AccessRequest request(RequestContext context) {
    return new AccessRequest(
        pick(Given.CALLERS),
        pick(List.of("s3:GetObject", "s3:PutObject")),
        pick(List.of("arn:aws:s3:::b/k", "arn:aws:s3:::b", "arn:aws:s3:::c/k")),
        context);
  }

  RequestContext context() {
    RequestContext.Builder context = RequestContext.builder().absentUnder("");
    for (String key : KEYS) {
      switch (random.nextInt(4)) {
        case 0 -> context.values(key, List.of(pick(List.of("a", "b", "true", ""))));
        case 1 -> context.values(key, List.of("a", "b"));
        case 2 -> context.absent(key);
        default -> context.unknown(key);
      }
    }
    return context.build();
  }

  <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private <T> List<T> some(int max, Supplier<T> item) {
    List<T> items = new ArrayList<>();
    for (int i = random.nextInt(max); i >= 0; i--) {
      items.add(item.get());
    }
    return items;
  }
}
