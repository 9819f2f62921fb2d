package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.list;
import static io.narthex.provision.stack.Tree.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.policy.CanonicalUsers;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bucket policy of the template says what the files in {@code infra/policies} say. */
class BucketPolicyTest {
  private static final String READER = "arn:aws:iam::444455556666:role/reader";
  private static final String CI = "arn:aws:iam::" + SampleStack.ACCOUNT + ":role/narthex-ci";

  private static Object policy(Map<String, String> parameters) {
    return at(SampleStack.with(parameters).properties("CacheBucketPolicy"), "PolicyDocument");
  }

  private static List<Object> statements(Map<String, String> parameters) {
    return list(at(policy(parameters), "Statement"));
  }

  private static List<Object> denies() {
    return PolicyFile.statements("bucket-policy").stream()
        .filter(statement -> at(statement, "Effect").equals("Deny"))
        .toList();
  }

  @Test
  void letsEverybodyReadWhatIsVerifiedAsTheFileDoes() {
    assertThat(statements(Map.of())).isEqualTo(PolicyFile.statements("bucket-policy"));
  }

  @Test
  void letsOnlyNamedPrincipalsReadIfThatIsChosen() {
    List<Object> expected = new ArrayList<>();
    for (Object statement : PolicyFile.statements("bucket-policy")) {
      Map<String, Object> narrowed = new LinkedHashMap<>(map(statement));
      if (at(statement, "Effect").equals("Allow")) {
        narrowed.put("Principal", Map.of("AWS", List.of(READER)));
      }
      expected.add(narrowed);
    }
    assertThat(statements(Map.of("Reads", "principals", "ReadPrincipals", READER)))
        .isEqualTo(expected);
  }

  @Test
  void letsNobodyReadIfItIsClosedAndStillDeniesTheRest() {
    assertThat(statements(Map.of("Reads", "closed"))).isEqualTo(denies());
  }

  @Test
  void keepsIamFromGoingAroundTheVerdictIfItIsStrict() {
    assertThat(statements(Map.of("Strict", "true", "UploadPrincipals", CI)).getLast())
        .isEqualTo(withListOfUploaders(PolicyFile.statements("bucket-policy-strict").getFirst()));
  }

  @Test
  void refusesUploadersTooIfNoneIsNamed() {
    Map<String, Object> conditions =
        map(at(statements(Map.of("Strict", "true")).getLast(), "Condition"));
    assertThat(conditions).containsOnlyKeys("StringNotEquals", "ArnNotEquals");
  }

  private static Object withListOfUploaders(Object statement) {
    assertThat(list(at(statement, "Condition", "ArnNotLike", "aws:PrincipalArn")))
        .containsExactly(CI);
    return statement;
  }

  @ParameterizedTest(name = "{0}, strict {1}")
  @CsvSource({
    "anonymous, false",
    "anonymous, true",
    "principals, false",
    "principals, true",
    "closed, false",
    "closed, true",
  })
  void isUnderstoodByTheServingFunction(String reads, String strict)
      throws JsonProcessingException, MalformedPolicyException {
    Object policy = policy(Map.of("Reads", reads, "ReadPrincipals", READER, "Strict", strict));
    PolicyDocument document = PolicyDocument.parse(new JsonMapper().writeValueAsString(policy));
    assertThat(document.notUnderstood(CanonicalUsers.none())).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"anonymous, false", "principals, true", "closed, true"})
  void blocksPublicPoliciesWhereNobodyIsAnonymous(String reads, boolean blocked) {
    Object access =
        SampleStack.with(Map.of("Reads", reads))
            .properties("CacheBucket")
            .get("PublicAccessBlockConfiguration");
    assertThat(access)
        .isEqualTo(
            Map.of(
                "BlockPublicAcls",
                true,
                "IgnorePublicAcls",
                true,
                "BlockPublicPolicy",
                blocked,
                "RestrictPublicBuckets",
                blocked));
  }

  @Test
  void isNoneOfOursForABucketThatIsThereOrHasAnAdministrator() {
    assertThat(SampleStack.with(Map.of("ExistingBucketName", "old-cache")).resources())
        .doesNotContain("CacheBucketPolicy", "CacheBucket");
    assertThat(SampleStack.with(Map.of("ManageBucketPolicy", "false")).resources())
        .contains("CacheBucket")
        .doesNotContain("CacheBucketPolicy");
  }
}
