package io.narthex.local.doors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Bucket policies out of the parts that decide about reads, as JSON. What a request cannot have
 * alike at both doors is not among the conditions: how it was signed, which no caller of the API
 * does; the time of its session; its user agent. A Deny leaves the serving function out, without
 * which nobody could read by it.
 */
final class RandomBucketPolicy {
  private static final String BUCKET = "arn:aws:s3:::example-nix-cache";

  private final Random random;
  private final List<String> keys;

  RandomBucketPolicy(Random random, List<String> keys) {
    this.random = random;
    this.keys = List.copyOf(keys);
  }

  String next() {
    String statements = many(1, 6, this::statement).stream().collect(Collectors.joining(",\n  "));
    return "{\"Version\": \"2012-10-17\", \"Statement\": [\n  " + statements + "]}";
  }

  private String statement() {
    boolean deny = random.nextInt(4) == 0;
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Effect", quoted(deny ? "Deny" : "Allow"));
    fields.put(deny && chance(4) ? "NotPrincipal" : "Principal", principals());
    fields.put(chance(8) ? "NotAction" : "Action", list(1, 2, this::action));
    fields.put(chance(8) ? "NotResource" : "Resource", list(1, 3, this::resource));
    Map<String, String> conditions = chance(3) ? new LinkedHashMap<>() : conditions();
    if (deny) {
      conditions.put("ArnNotEquals", object(Map.of("aws:PrincipalArn", quoted(Person.SERVE))));
    }
    if (!conditions.isEmpty()) {
      fields.put("Condition", object(conditions));
    }
    return object(fields);
  }

  private String principals() {
    return chance(3) ? quoted("*") : "{\"AWS\": " + list(1, 4, this::principal) + "}";
  }

  private String principal() {
    return switch (random.nextInt(8)) {
      case 0 -> Person.ACCOUNT;
      case 1 -> "arn:aws:iam::" + Person.OTHER_ACCOUNT + ":root";
      case 2 -> "arn:aws:iam::" + Person.ACCOUNT + ":role/" + oneOf("ci", "batch", "path/ci");
      default -> oneOf(Person.all().stream().map(Person::arn).toArray(String[]::new));
    };
  }

  private String action() {
    return oneOf("s3:GetObject", "s3:GetObject", "s3:Get*", "s3:*", "S3:getobject", "s3:?etObject");
  }

  private String resource() {
    return BUCKET
        + "/"
        + switch (random.nextInt(7)) {
          case 0, 1, 2 -> "*";
          case 3 -> "nar/*";
          case 4 -> "*.narinfo";
          case 5 -> oneOf("${aws:username}/*", "nar/${aws:PrincipalTag/team, 'none'}*", "*${*}*");
          default -> oneOf(keys.toArray(String[]::new));
        };
  }

  private Map<String, String> conditions() {
    Map<String, String> operators = new LinkedHashMap<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      String[] condition = condition();
      operators.put(condition[0], object(Map.of(condition[1], condition[2])));
    }
    return operators;
  }

  private String[] condition() {
    return switch (random.nextInt(9)) {
      case 0, 1, 2, 3 -> tags();
      case 4, 5 -> caller();
      case 6 -> aboutTheRequest();
      default -> surroundings();
    };
  }

  private String[] tags() {
    String key = "s3:ExistingObjectTag/" + oneOf("team", "team", "level", "nix-verdict", "none");
    if (chance(6)) {
      return new String[] {"Null", key, quoted(oneOf("true", "false"))};
    }
    String operator =
        oneOf("", "", "", "ForAnyValue:", "ForAllValues:")
            + oneOf(
                "StringEquals",
                "StringNotEquals",
                "StringLike",
                "StringNotLike",
                "StringEqualsIgnoreCase",
                "StringEqualsIfExists",
                "StringNotEqualsIfExists");
    return new String[] {operator, key, list(1, 2, this::tagValue)};
  }

  private String tagValue() {
    return oneOf("a", "b", "A", "*", "ver*", "verified", "2", "${aws:PrincipalTag/team}");
  }

  private String[] caller() {
    return switch (random.nextInt(6)) {
      case 0 -> new String[] {"StringLike", "aws:username", list(1, 2, () -> oneOf("ana", "b*"))};
      case 1 ->
          new String[] {
            oneOf("ArnEquals", "ArnLike", "ArnNotLike", "ArnNotEqualsIfExists"),
            "aws:PrincipalArn",
            list(1, 2, () -> oneOf("arn:aws:iam::*:role/ci", "arn:aws:iam::*:user/*"))
          };
      case 2 ->
          new String[] {
            oneOf("StringEquals", "StringNotEquals"),
            "aws:PrincipalAccount",
            list(1, 2, () -> oneOf(Person.ACCOUNT, Person.OTHER_ACCOUNT, "anonymous"))
          };
      case 3 ->
          new String[] {
            oneOf("StringEquals", "StringNotEqualsIgnoreCase"),
            "aws:PrincipalType",
            list(1, 2, () -> oneOf("User", "AssumedRole", "Anonymous"))
          };
      case 4 ->
          new String[] {
            oneOf("NumericLessThan", "NumericGreaterThanEqualsIfExists"),
            "aws:PrincipalTag/level",
            quoted(oneOf("2", "3"))
          };
      default ->
          new String[] {
            oneOf("StringLike", "StringNotLike"),
            "aws:userid",
            list(1, 2, () -> oneOf("AROA*:*", "AIDAANA", "anonymous"))
          };
    };
  }

  private String[] surroundings() {
    return switch (random.nextInt(4)) {
      case 0 ->
          new String[] {
            oneOf("IpAddress", "NotIpAddress"),
            "aws:SourceIp",
            list(1, 2, () -> oneOf("127.0.0.0/8", "10.0.0.0/8", "::1/128"))
          };
      case 1 -> new String[] {"Bool", "aws:SecureTransport", quoted(oneOf("true", "false"))};
      case 2 ->
          new String[] {
            oneOf("DateGreaterThan", "DateLessThan"),
            oneOf("aws:CurrentTime", "aws:EpochTime"),
            quoted(oneOf("2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"))
          };
      default ->
          new String[] {
            oneOf("Bool", "BoolIfExists", "Null"),
            oneOf("aws:PrincipalIsAWSService", "aws:ViaAWSService"),
            quoted(oneOf("true", "false"))
          };
    };
  }

  /**
   * Keys that a read does not have, and those of the bucket's account. S3 takes no keys that belong
   * to other actions only.
   */
  private String[] aboutTheRequest() {
    String operator =
        oneOf("StringEquals", "StringNotEquals", "StringEqualsIfExists", "ForAllValues:StringLike");
    if (chance(2)) {
      return new String[] {
        operator,
        oneOf("aws:ResourceAccount", "s3:ResourceAccount"),
        quoted(oneOf(Person.ACCOUNT, Person.OTHER_ACCOUNT))
      };
    }
    String key = oneOf("aws:SourceVpce", "aws:VpcSourceIp", "aws:SourceArn", "aws:Referer");
    return chance(3)
        ? new String[] {"Null", key, quoted(oneOf("true", "false"))}
        : new String[] {operator, key, quoted("x")};
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private List<String> many(int least, int most, Supplier<String> one) {
    List<String> many = new ArrayList<>();
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      many.add(one.get());
    }
    return many;
  }

  private String list(int least, int most, Supplier<String> one) {
    Set<String> values = new LinkedHashSet<>(many(least, most, one));
    return values.stream()
        .map(RandomBucketPolicy::quoted)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ": " + field.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
