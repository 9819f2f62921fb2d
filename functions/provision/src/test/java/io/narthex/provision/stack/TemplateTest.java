package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.list;
import static io.narthex.provision.stack.Tree.map;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpCallReader;
import io.narthex.aws.json.MalformedEventException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The template as a whole, beside what the other tests here say of its parts. */
class TemplateTest {
  private static final Object TEMPLATE = SampleStack.read("template.yaml");
  private static final SampleStack STACK = SampleStack.byDefault();
  private static final SampleStack ATTACHED =
      SampleStack.with(Map.of("ExistingBucketName", "old-cache"));

  static Stream<String> parameters() {
    return map(at(TEMPLATE, "Parameters")).keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void describesEveryParameterAndSaysWhatItMayBe(String name) {
    Map<String, Object> parameter = map(at(TEMPLATE, "Parameters", name));
    assertThat(parameter).containsKeys("Description", "Default", "Type");
    assertThat(parameter.keySet())
        .containsAnyElementsOf(Set.of("AllowedPattern", "AllowedValues", "MinValue"));
    if (parameter.get("AllowedPattern") instanceof String pattern) {
      assertThat(String.valueOf(parameter.get("Default"))).matches(pattern);
    }
    if (parameter.get("AllowedValues") instanceof List<?> allowed) {
      assertThat(allowed.stream().map(String::valueOf))
          .contains(String.valueOf(parameter.get("Default")));
    }
  }

  @Test
  void asksForEveryParameterInAGroup() {
    List<Object> grouped = new ArrayList<>();
    for (Object group :
        list(at(TEMPLATE, "Metadata", "AWS::CloudFormation::Interface", "ParameterGroups"))) {
      grouped.addAll(list(at(group, "Parameters")));
    }
    assertThat(grouped)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(parameters().map(Object.class::cast).toList());
  }

  static Stream<String> functions() {
    return STACK.resources("AWS::Serverless::Function").stream();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void pointsAtAHandlerThatIsThereAndAtTheZipOfItsModule(String function)
      throws ReflectiveOperationException {
    Map<String, Object> properties = STACK.properties(function);
    String[] handler = String.valueOf(properties.get("Handler")).split("::", -1);
    assertThat(Class.forName(handler[0])).isAssignableTo(RequestStreamHandler.class);
    assertThat(Class.forName(handler[0]).getConstructor()).isNotNull();
    assertThat(handler[1]).isEqualTo("handleRequest");
    String module = handler[0].split("\\.", -1)[2];
    assertThat(properties)
        .containsEntry("CodeUri", "functions/%1$s/target/narthex-%1$s.zip".formatted(module));
    assertThat(SampleStack.ROOT.resolve("functions/" + module + "/pom.xml")).exists();
  }

  @Test
  void writesTheSettingsAgainWithEveryVersion() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>narthex</artifactId>\\s*<version>(.*?)</version>")
            .matcher(Files.readString(SampleStack.ROOT.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    assertThat(STACK.properties("Provision")).containsEntry("NarthexVersion", version.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CacheBucket", "StateBucket"})
  void keepsBothBucketsWhenTheStackGoes(String bucket) {
    assertThat(map(at(TEMPLATE, "Resources", bucket)))
        .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
        .containsEntry("UpdateReplacePolicy", "Retain");
  }

  @Test
  void hasNoAclsInEitherBucketAndVersionsInTheOneThatIsJudged() {
    for (String bucket : List.of("CacheBucket", "StateBucket")) {
      assertThat(at(STACK.properties(bucket), "OwnershipControls", "Rules"))
          .isEqualTo(List.of(Map.of("ObjectOwnership", "BucketOwnerEnforced")));
    }
    assertThat(at(STACK.properties("CacheBucket"), "VersioningConfiguration", "Status"))
        .isEqualTo("Enabled");
    assertThat(map(at(STACK.properties("StateBucket"), "PublicAccessBlockConfiguration")).values())
        .containsOnly(true);
  }

  @ParameterizedTest(name = "bucket name \"{0}\"")
  @CsvSource({"'', " + SampleStack.CACHE_BUCKET, "example-nix-cache, example-nix-cache"})
  void letsTheBucketThatIsMadeSendToTheQueueAndNoOther(String given, String bucket) {
    SampleStack stack = SampleStack.with(Map.of("CacheBucketName", given));
    assertThat(stack.properties("CacheBucket")).containsEntry("BucketName", bucket);
    assertThat(senders(stack))
        .isEqualTo(
            Map.of(
                "StringEquals", Map.of("aws:SourceAccount", SampleStack.ACCOUNT),
                "ArnEquals", Map.of("aws:SourceArn", "arn:aws:s3:::" + bucket)));
    assertThat(at(TEMPLATE, "Resources", "CacheBucket", "DependsOn")).isEqualTo("QueuePolicy");
  }

  @Test
  void letsTheRuleOnAnExistingBucketSendToTheQueueAndNoOther() {
    assertThat(senders(ATTACHED))
        .isEqualTo(
            Map.of(
                "ArnEquals",
                Map.of(
                    "aws:SourceArn",
                    "arn:aws:events:eu-west-2:111122223333:rule/narthex-ExistingBucketEvents")));
    assertThat(at(ATTACHED.properties("ExistingBucketEvents"), "EventPattern", "detail"))
        .isEqualTo(Map.of("bucket", Map.of("name", List.of("old-cache"))));
    assertThat(STACK.resources()).doesNotContain("ExistingBucketEvents");
  }

  private static Object senders(SampleStack stack) {
    List<Object> statements =
        list(at(stack.properties("QueuePolicy"), "PolicyDocument", "Statement"));
    assertThat(statements).hasSize(1);
    return at(statements.getFirst(), "Condition");
  }

  @Test
  void hearsOfEverythingThatHappensToAnObject() {
    assertThat(
            list(
                    at(
                        STACK.properties("CacheBucket"),
                        "NotificationConfiguration",
                        "QueueConfigurations"))
                .stream()
                .map(one -> at(one, "Event")))
        .containsExactlyInAnyOrder(
            "s3:ObjectCreated:*",
            "s3:ObjectRemoved:*",
            "s3:ObjectTagging:*",
            "s3:LifecycleExpiration:*");
  }

  @Test
  void givesOneNarAllTheTimeThereIsAndItsMessageALittleMore() {
    Object function = STACK.properties("ValidateFunction");
    assertThat(at(function, "Timeout")).isEqualTo(900);
    assertThat(at(function, "RecursiveLoop")).isEqualTo("Allow");
    Map<String, Object> source = map(at(function, "Events", "Uploads", "Properties"));
    assertThat(source)
        .containsEntry("BatchSize", 1)
        .containsEntry("FunctionResponseTypes", List.of("ReportBatchItemFailures"))
        .doesNotContainKey("MaximumBatchingWindowInSeconds");
    assertThat(STACK.properties("UploadQueue"))
        .containsEntry("VisibilityTimeout", 960)
        .hasEntrySatisfying(
            "RedrivePolicy", redrive -> assertThat(at(redrive, "maxReceiveCount")).isEqualTo(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ValidateFunction", "ServeFunction"})
  void publishesAVersionWithASnapshotForWhatStartsOnDemand(String function) {
    assertThat(STACK.properties(function))
        .containsEntry("AutoPublishAlias", "live")
        .containsEntry("AutoPublishAliasAllProperties", true)
        .containsEntry("SnapStart", Map.of("ApplyOn", "PublishedVersions"));
  }

  @Test
  void sweepsByTheSampleEvent() throws IOException {
    assertThat(json(input("ValidateFunction", "Sweep")))
        .isEqualTo(json(Files.readString(SampleStack.ROOT.resolve("events/schedule/sweep.json"))));
  }

  @Test
  void keepsTheSnapshotActiveByAReadThatTheServingFunctionUnderstands()
      throws MalformedEventException {
    HttpCall call =
        HttpCallReader.read(
            new ByteArrayInputStream(input("ServeFunction", "Ping").getBytes(UTF_8)));
    assertThat(call.method()).isEqualTo("GET");
    assertThat(call.rawPath()).isEqualTo("/nix-cache-info");
  }

  private static String input(String function, String event) {
    return String.valueOf(at(STACK.properties(function), "Events", event, "Properties", "Input"));
  }

  private static Object json(String text) throws IOException {
    return new JsonMapper().readValue(text, Object.class);
  }

  @Test
  void logsNoHeaderAndNoQueryOfAReader() {
    assertThat(String.valueOf(at(STACK.properties("Api"), "AccessLogSettings", "Format")))
        .contains("$context.path", "$context.status")
        .doesNotContain("authorizer", "header", "queryString", "$context.identity.userAgent");
  }
}
