package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.list;
import static io.narthex.provision.stack.Tree.map;
import static io.narthex.provision.stack.Tree.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each function may do, action by action, against what its code can call. */
class RolesTest {
  private static final SampleStack OWN = SampleStack.byDefault();
  private static final String OLD = "old-cache";
  private static final SampleStack ATTACHED = SampleStack.with(Map.of("ExistingBucketName", OLD));
  private static final Set<String> OF_THE_POLLER =
      Set.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

  /** AWS takes no resource for it. */
  private static final String OF_NO_RESOURCE = "s3:GetAccountPublicAccessBlock";

  /** The statements of one inline policy of a role. */
  private static List<Object> statements(SampleStack stack, String role, String policy) {
    return list(at(stack.properties(role), "Policies")).stream()
        .filter(one -> at(one, "PolicyName").equals(policy))
        .flatMap(one -> list(at(one, "PolicyDocument", "Statement")).stream())
        .toList();
  }

  private static Stream<Object> statements(SampleStack stack, String role) {
    return list(at(stack.properties(role), "Policies")).stream()
        .flatMap(one -> list(at(one, "PolicyDocument", "Statement")).stream());
  }

  private static Set<String> actions(SampleStack stack, String role, String prefix) {
    return statements(stack, role)
        .flatMap(statement -> texts(at(statement, "Action")).stream())
        .filter(action -> action.startsWith(prefix))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ValidateRole, buckets, validate",
    "IndexRole, buckets, index-update",
    "IndexTaskRole, buckets, index",
    "ServeRole, buckets, serve",
    "ProvisionRole, buckets, provision",
  })
  void mayDoWithTheBucketsWhatItsFileSays(String role, String policy, String file) {
    assertThat(statements(OWN, role, policy)).isEqualTo(PolicyFile.statements(file));
    assertThat(statements(ATTACHED, role, policy)).isEqualTo(PolicyFile.statements(file, OLD));
  }

  @Test
  void letsOnlyTheProvisioningOfAnExistingBucketChangeItsNotifications() {
    assertThat(statements(ATTACHED, "ProvisionRole", "attach"))
        .isEqualTo(PolicyFile.statements("attach", OLD));
    assertThat(statements(OWN, "ProvisionRole", "attach")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ValidateRole, io.narthex.validate.ValidateWiring",
    "IndexRole, io.narthex.index.IndexWiring",
    "IndexTaskRole, io.narthex.index.IndexTasks",
    "ServeRole, io.narthex.serve.ServeWiring",
    "ProvisionRole, io.narthex.provision.ProvisionWiring",
  })
  void mayDoNothingThatItsCodeCannotCall(String role, String wiring) {
    Set<String> callable = AwsActions.of(ReachableCalls.from(wiring));
    assertThat(callable).containsAll(actions(ATTACHED, role, "s3:"));
    assertThat(callable)
        .containsAll(
            actions(ATTACHED, role, "sqs:").stream()
                .filter(action -> !OF_THE_POLLER.contains(action))
                .toList());
  }

  @Test
  void letsTheVerifyingFunctionTellItsNewsOnOneBusIfThatIsWanted() {
    SampleStack told = SampleStack.with(Map.of("Events", "default"));
    assertThat(statements(told, "ValidateRole", "events"))
        .containsExactly(
            Map.of(
                "Sid", "TellOfVerdicts",
                "Effect", "Allow",
                "Action", "events:PutEvents",
                "Resource", "arn:aws:events:eu-west-2:111122223333:event-bus/default",
                "Condition", Map.of("StringEquals", Map.of("events:source", "narthex"))));
    assertThat(AwsActions.of(ReachableCalls.from("io.narthex.validate.ValidateWiring")))
        .contains("events:PutEvents");
    assertThat(told.environment("ValidateFunction")).containsEntry("NARTHEX_EVENT_BUS", "default");
    assertThat(actions(OWN, "ValidateRole", "events:")).isEmpty();
    assertThat(OWN.environment("ValidateFunction")).doesNotContainKey("NARTHEX_EVENT_BUS");
    assertThat(actions(told, "ServeRole", "events:")).isEmpty();
  }

  @Test
  void letsEachQueueBeReadByItsOwnFunctionAlone() {
    assertThat(actions(OWN, "ValidateRole", "sqs:")).containsAll(OF_THE_POLLER);
    assertThat(polled("ValidateRole")).isEqualTo(queue("UploadQueue"));
    assertThat(actions(OWN, "IndexRole", "sqs:")).isEqualTo(OF_THE_POLLER);
    assertThat(polled("IndexRole")).isEqualTo(queue("IndexQueue"));
    assertThat(actions(OWN, "IndexTaskRole", "sqs:")).isEmpty();
    assertThat(actions(OWN, "ServeRole", "sqs:")).isEmpty();
    assertThat(actions(OWN, "ProvisionRole", "sqs:")).isEmpty();
  }

  private static Set<String> queue(String name) {
    return Set.of("arn:aws:sqs:eu-west-2:111122223333:narthex-" + name);
  }

  private static Set<String> polled(String role) {
    return statements(OWN, role, "queue").stream()
        .filter(one -> texts(at(one, "Action")).contains("sqs:ReceiveMessage"))
        .flatMap(one -> texts(at(one, "Resource")).stream())
        .collect(Collectors.toSet());
  }

  @Test
  void letsOnlyTheIndexStartItsRebuildAndTheMapsStartTheirItems() {
    String rebuild = SampleStack.stateMachine("narthex-index-rebuild");
    assertThat(statements(OWN, "IndexRole", "rebuild"))
        .containsExactly(
            Map.of(
                "Sid",
                "HaveTheIndexRebuilt",
                "Effect",
                "Allow",
                "Action",
                List.of("states:StartExecution", "states:ListExecutions"),
                "Resource",
                rebuild));
    assertThat(AwsActions.of(ReachableCalls.from("io.narthex.index.IndexWiring")))
        .contains("states:StartExecution", "states:ListExecutions");
    for (String role : List.of("ValidateRole", "IndexTaskRole", "ServeRole", "ProvisionRole")) {
      assertThat(actions(OWN, role, "states:")).as(role).isEmpty();
    }
    assertThat(startable())
        .containsExactlyInAnyOrder(rebuild, SampleStack.stateMachine("narthex-index-check"));
    assertThat(OWN.resources("AWS::Serverless::StateMachine"))
        .hasSize(2)
        .allSatisfy(
            machine ->
                assertThat(OWN.properties(machine))
                    .containsEntry(
                        "Role",
                        "arn:aws:iam::" + SampleStack.ACCOUNT + ":role/narthex-IndexMapRole"));
    assertThat(actions(OWN, "IndexMapRole", "lambda:")).containsExactly("lambda:InvokeFunction");
  }

  private static Set<String> startable() {
    return statements(OWN, "IndexMapRole")
        .filter(one -> texts(at(one, "Action")).contains("states:StartExecution"))
        .flatMap(one -> texts(at(one, "Resource")).stream())
        .collect(Collectors.toSet());
  }

  @Test
  void letsOnlyTheVerifyingFunctionTagAndProvisioningItsOneObject() {
    assertThat(taggable("ValidateRole"))
        .containsExactly("arn:aws:s3:::" + SampleStack.CACHE_BUCKET + "/*");
    assertThat(taggable("ProvisionRole"))
        .containsExactly("arn:aws:s3:::" + SampleStack.CACHE_BUCKET + "/nix-cache-info");
    assertThat(taggable("ServeRole")).isEmpty();
    assertThat(taggable("IndexRole")).isEmpty();
    assertThat(taggable("IndexTaskRole")).isEmpty();
  }

  private static Set<String> taggable(String role) {
    return resources(role, "(Put|Delete)Object(Version)?Tagging");
  }

  private static Set<String> resources(String role, String action) {
    return statements(OWN, role)
        .filter(one -> texts(at(one, "Action")).stream().anyMatch(a -> a.matches("s3:" + action)))
        .flatMap(one -> texts(at(one, "Resource")).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void letsOnlyTheVerifyingFunctionAndTheIndexReadWhatIsNotVerified() {
    assertThat(unconditionallyRead("ValidateRole"))
        .contains("arn:aws:s3:::" + SampleStack.CACHE_BUCKET + "/*");
    assertThat(unconditionallyRead("IndexRole"))
        .isEqualTo(unconditionallyRead("IndexTaskRole"))
        .containsExactlyInAnyOrder(
            "arn:aws:s3:::" + SampleStack.CACHE_BUCKET + "/*.narinfo",
            "arn:aws:s3:::" + SampleStack.STATE_BUCKET + "/reports/*",
            "arn:aws:s3:::" + SampleStack.STATE_BUCKET + "/index/*");
    assertThat(unconditionallyRead("ServeRole"))
        .allMatch(resource -> resource.startsWith("arn:aws:s3:::" + SampleStack.STATE_BUCKET));
    assertThat(unconditionallyRead("ProvisionRole"))
        .containsExactlyInAnyOrder(
            "arn:aws:s3:::" + SampleStack.CACHE_BUCKET + "/nix-cache-info",
            "arn:aws:s3:::" + SampleStack.STATE_BUCKET + "/settings.json");
  }

  private static Set<String> unconditionallyRead(String role) {
    return statements(OWN, role)
        .filter(
            one ->
                texts(at(one, "Action")).stream()
                    .anyMatch(a -> a.matches("s3:GetObject(Version)?")))
        .filter(one -> !map(one).containsKey("Condition"))
        .flatMap(one -> texts(at(one, "Resource")).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void letsOnlyTheServingFunctionSeePublicAccessOfTheAccountAsItNeedsTo() {
    assertThat(statements(OWN, "ServeRole", "buckets"))
        .filteredOn(one -> texts(at(one, "Resource")).contains("*"))
        .containsExactly(
            Map.of(
                "Sid", "SeePublicAccessOfTheAccount",
                "Effect", "Allow",
                "Action", OF_NO_RESOURCE,
                "Resource", "*"));
    assertThat(AwsActions.of(ReachableCalls.from("io.narthex.serve.ServeWiring")))
        .contains(OF_NO_RESOURCE);
    assertThat(actions(OWN, "ValidateRole", OF_NO_RESOURCE)).isEmpty();
    assertThat(actions(OWN, "ProvisionRole", OF_NO_RESOURCE)).isEmpty();
    assertThat(actions(OWN, "IndexRole", OF_NO_RESOURCE)).isEmpty();
    assertThat(actions(OWN, "IndexTaskRole", OF_NO_RESOURCE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ValidateRole",
        "IndexRole",
        "IndexTaskRole",
        "IndexMapRole",
        "ServeRole",
        "ProvisionRole"
      })
  void writesItsActionsOutAndNamesWhatTheyAreAbout(String role) {
    assertThat(statements(ATTACHED, role))
        .filteredOn(one -> !at(one, "Action").equals(OF_NO_RESOURCE))
        .allSatisfy(
            one -> {
              assertThat(map(one)).doesNotContainKeys("NotAction", "NotResource");
              assertThat(texts(at(one, "Action"))).noneMatch(action -> action.contains("*"));
              assertThat(texts(at(one, "Resource")))
                  .allMatch(resource -> resource.matches("arn:aws:[a-z0-9]+:[^*]{2,}.*"));
            });
    assertThat(ATTACHED.properties(role)).containsOnlyKeys("AssumeRolePolicyDocument", "Policies");
  }

  @Test
  void isOneRoleAFunctionAndNoManagedPolicyOfAws() {
    List<String> functions = OWN.resources("AWS::Serverless::Function");
    assertThat(OWN.resources("AWS::IAM::Role"))
        .filteredOn(role -> !role.equals("IndexMapRole"))
        .hasSameSizeAs(functions);
    assertThat(functions)
        .allSatisfy(
            name -> {
              String role = "narthex-" + name.replace("Function", "Role");
              assertThat(OWN.properties(name))
                  .containsEntry("Role", "arn:aws:iam::" + SampleStack.ACCOUNT + ":role/" + role)
                  .doesNotContainKeys("Policies", "ManagedPolicyArns");
            });
  }

  @Test
  void letsEachFunctionWriteToItsOwnLog() {
    Map<String, String> logs =
        Map.of(
            "Validate", "validate",
            "Index", "index",
            "IndexTask", "index-tasks",
            "Serve", "serve",
            "Provision", "provision");
    for (var function : logs.entrySet()) {
      String log =
          "arn:aws:logs:%s:%s:log-group:/narthex/narthex/%s:*"
              .formatted(SampleStack.REGION, SampleStack.ACCOUNT, function.getValue());
      assertThat(statements(OWN, function.getKey() + "Role", "logs"))
          .containsExactly(
              Map.of(
                  "Effect",
                  "Allow",
                  "Action",
                  List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                  "Resource",
                  log));
    }
  }
}
