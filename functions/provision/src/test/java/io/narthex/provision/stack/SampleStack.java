package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.list;
import static io.narthex.provision.stack.Tree.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The template of the repository, worked out as CloudFormation does for one choice of parameters:
 * every function in it is replaced by its value, and what a condition leaves out is not there.
 */
final class SampleStack {
  static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  static final String ACCOUNT = "111122223333";
  static final String REGION = "eu-west-2";
  static final String CACHE_BUCKET = "narthex-cache-" + ACCOUNT + "-" + REGION;
  static final String SIGNING_PUBLIC_KEY =
      "cache.example.com-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";
  static final String STATE_BUCKET = "narthex-statebucket-1abc";

  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::AccountId", ACCOUNT,
          "AWS::Region", REGION,
          "AWS::Partition", "aws",
          "AWS::StackName", "narthex",
          "AWS::URLSuffix", "amazonaws.com");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w:.]+)}");
  private static final Map<String, Object> NO_VALUE = Map.of("Ref", "AWS::NoValue");

  private final Object template;
  private final Map<String, String> chosen;

  private SampleStack(Object template, Map<String, String> chosen) {
    this.template = template;
    this.chosen = Map.copyOf(chosen);
  }

  /** With the defaults of all parameters but these. */
  static SampleStack with(Map<String, String> parameters) {
    return new SampleStack(read("template.yaml"), parameters);
  }

  static SampleStack byDefault() {
    return with(Map.of());
  }

  /** A template as it is written. */
  static Object read(String file) {
    try {
      return CloudFormationYaml.read(Files.readString(ROOT.resolve(file)));
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }

  /** The names of all resources that this choice makes. */
  List<String> resources() {
    return map(at(template, "Resources")).keySet().stream().filter(this::isMade).toList();
  }

  /** Those of one type. */
  List<String> resources(String type) {
    return resources().stream().filter(name -> type(name).equals(type)).toList();
  }

  boolean isMade(String resource) {
    return isThere("Resources", resource);
  }

  private boolean isThere(String section, String name) {
    return Optional.ofNullable(map(at(template, section, name)).get("Condition"))
        .map(condition -> condition(Map.of("Condition", condition)))
        .orElse(true);
  }

  /** The names of all outputs that this choice has. */
  List<String> outputs() {
    return map(at(template, "Outputs")).keySet().stream()
        .filter(name -> isThere("Outputs", name))
        .toList();
  }

  /** The value of one of them. */
  String output(String name) {
    return String.valueOf(value(at(template, "Outputs", name, "Value")));
  }

  /** The properties of a resource. */
  Map<String, Object> properties(String resource) {
    return map(value(at(template, "Resources", resource, "Properties")));
  }

  /** The environment that a function gets from the template, and its region from Lambda. */
  Map<String, String> environment(String function) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("AWS_REGION", REGION);
    put(variables, value(at(template, "Globals", "Function", "Environment", "Variables")));
    Optional.ofNullable(properties(function).get("Environment"))
        .ifPresent(environment -> put(variables, at(environment, "Variables")));
    return variables;
  }

  private static void put(Map<String, String> variables, Object more) {
    map(more).forEach((name, value) -> variables.put(name, String.valueOf(value)));
  }

  private Object value(Object node) {
    return switch (node) {
      case Map<?, ?> object when isFunction(object) -> function(map(object));
      case Map<?, ?> object -> {
        var values = new LinkedHashMap<String, Object>();
        map(object)
            .forEach(
                (name, inner) -> {
                  if (!isLeftOut(inner)) {
                    values.put(name, value(inner));
                  }
                });
        yield values;
      }
      case List<?> all -> all.stream().filter(one -> !isLeftOut(one)).map(this::value).toList();
      default -> node;
    };
  }

  private static boolean isFunction(Map<?, ?> object) {
    String name = String.valueOf(object.keySet().iterator().next());
    return object.size() == 1 && (name.equals("Ref") || name.startsWith("Fn::"));
  }

  private boolean isLeftOut(Object node) {
    if (node instanceof Map<?, ?> map && map.containsKey("Fn::If")) {
      return isLeftOut(branch(map.get("Fn::If")));
    }
    return NO_VALUE.equals(node);
  }

  private Object function(Map<String, Object> object) {
    String name = object.keySet().iterator().next();
    Object argument = at(object, name);
    return switch (name) {
      case "Ref" -> ref(String.valueOf(argument));
      case "Fn::GetAtt" -> attribute(String.valueOf(argument));
      case "Fn::Sub" -> substituted(argument);
      case "Fn::If" -> value(branch(argument));
      case "Fn::Select" ->
          list(value(list(argument).get(1)))
              .get(Integer.parseInt(String.valueOf(list(argument).getFirst())));
      case "Fn::Split" ->
          List.of(
              String.valueOf(value(list(argument).get(1)))
                  .split(Pattern.quote(String.valueOf(list(argument).getFirst())), -1));
      case "Fn::Join" ->
          list(value(list(argument).get(1))).stream()
              .map(String::valueOf)
              .collect(Collectors.joining(String.valueOf(list(argument).getFirst())));
      default -> throw new AssertionError("unknown function " + name);
    };
  }

  private Object branch(Object argument) {
    List<Object> parts = list(argument);
    return parts.get(condition(Map.of("Condition", parts.getFirst())) ? 1 : 2);
  }

  private boolean condition(Object node) {
    String name = map(node).keySet().iterator().next();
    Object argument = at(node, name);
    return switch (name) {
      case "Condition" -> condition(at(template, "Conditions", String.valueOf(argument)));
      case "Fn::Equals" -> value(list(argument).get(0)).equals(value(list(argument).get(1)));
      case "Fn::Not" -> !condition(list(argument).getFirst());
      case "Fn::And" -> list(argument).stream().allMatch(this::condition);
      default -> throw new AssertionError("unknown condition " + name);
    };
  }

  private Object ref(String name) {
    if (PSEUDO.containsKey(name)) {
      return PSEUDO.get(name);
    }
    Object parameter = map(at(template, "Parameters")).get(name);
    return parameter == null ? physicalName(name) : parameter(name, parameter);
  }

  private Object parameter(String name, Object parameter) {
    String text = chosen.getOrDefault(name, String.valueOf(at(parameter, "Default")));
    return at(parameter, "Type").equals("CommaDelimitedList") ? List.of(text.split(",", -1)) : text;
  }

  private String physicalName(String resource) {
    if (!isMade(resource)) {
      throw new AssertionError(resource + " is not made, and asked for");
    }
    return switch (type(resource)) {
      case "AWS::S3::Bucket" ->
          resource.equals("StateBucket")
              ? STATE_BUCKET
              : String.valueOf(properties(resource).get("BucketName"));
      case "AWS::SQS::Queue" ->
          "https://sqs.%s.amazonaws.com/%s/narthex-%s".formatted(REGION, ACCOUNT, resource);
      case "AWS::Serverless::StateMachine" ->
          stateMachine(String.valueOf(properties(resource).get("Name")));
      default -> "narthex-" + resource;
    };
  }

  private String attribute(String name) {
    List<String> parts = List.of(name.split("\\.", 2));
    String resource = parts.getFirst();
    String attribute = type(resource) + "." + parts.getLast();
    return switch (attribute) {
      case "AWS::S3::Bucket.Arn" -> "arn:aws:s3:::" + physicalName(resource);
      case "AWS::IAM::Role.Arn" -> "arn:aws:iam::" + ACCOUNT + ":role/narthex-" + resource;
      case "AWS::SQS::Queue.Arn" -> arn("sqs") + "narthex-" + resource;
      case "AWS::SQS::Queue.QueueName" -> "narthex-" + resource;
      case "AWS::Events::Rule.Arn" -> arn("events") + "rule/narthex-" + resource;
      case "AWS::Serverless::Function.Arn" -> arn("lambda") + "function:narthex-" + resource;
      case "Custom::NarthexProvision.SigningPublicKey" -> SIGNING_PUBLIC_KEY;
      case "AWS::ApiGatewayV2::DomainName.RegionalDomainName" ->
          "d-1abc.execute-api." + REGION + ".amazonaws.com";
      case "AWS::ApiGatewayV2::DomainName.RegionalHostedZoneId" -> "ZJ5UAJN8Y3Z2Q";
      case "AWS::Logs::LogGroup.Arn" ->
          arn("logs") + "log-group:" + properties(resource).get("LogGroupName") + ":*";
      default -> throw new AssertionError("unknown attribute " + attribute);
    };
  }

  static String stateMachine(String name) {
    return arn("states") + "stateMachine:" + name;
  }

  private static String arn(String service) {
    return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":";
  }

  private String type(String resource) {
    return String.valueOf(at(template, "Resources", resource, "Type"));
  }

  private String substituted(Object argument) {
    List<Object> parts = list(argument);
    Map<String, Object> given = parts.size() == 2 ? map(value(parts.get(1))) : Map.of();
    return REFERENCE
        .matcher(String.valueOf(parts.getFirst()))
        .replaceAll(
            match -> {
              String name = match.group(1);
              Object found =
                  given.containsKey(name)
                      ? given.get(name)
                      : name.contains(".") ? attribute(name) : ref(name);
              return Matcher.quoteReplacement(String.valueOf(found));
            });
  }
}
