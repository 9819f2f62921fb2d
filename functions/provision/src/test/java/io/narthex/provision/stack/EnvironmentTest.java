package io.narthex.provision.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.signing.SigningKey;
import io.narthex.index.IndexConfig;
import io.narthex.nix.signature.KeyName;
import io.narthex.provision.ProvisionConfig;
import io.narthex.serve.ServeConfig;
import io.narthex.validate.ValidateConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every function starts with the variables that the template gives it. */
class EnvironmentTest {
  private static final SampleStack STACK = SampleStack.byDefault();
  private static final SampleStack ATTACHED =
      SampleStack.with(Map.of("ExistingBucketName", "old-cache"));

  @Test
  void startsTheVerifyingFunction() {
    ValidateConfig config = ValidateConfig.from(STACK.environment("ValidateFunction"));
    assertThat(config.cacheBucket()).isEqualTo(SampleStack.CACHE_BUCKET);
    assertThat(config.stateBucket()).isEqualTo(SampleStack.STATE_BUCKET);
    assertThat(config.queueUrl())
        .isEqualTo("https://sqs.eu-west-2.amazonaws.com/111122223333/narthex-UploadQueue");
    assertThat(config.s3().endpoint()).isEmpty();
    assertThat(config.s3().credentials()).isEmpty();
    assertThat(config.metrics()).contains("Narthex/narthex");
    assertThat(config.signingKey()).isEmpty();
  }

  @Test
  void namesTheSigningKeyToTheVerifyingFunction() {
    String arn = "arn:aws:kms:eu-west-2:111122223333:key/1234abcd";
    SampleStack signing =
        SampleStack.with(Map.of("SigningKey", arn, "SigningKeyName", "cache.example.com-1"));
    assertThat(ValidateConfig.from(signing.environment("ValidateFunction")).signingKey())
        .contains(new SigningKey.KmsKey(arn, new KeyName("cache.example.com-1")));
  }

  @Test
  void startsTheServingFunction() {
    ServeConfig config = ServeConfig.from(STACK.environment("ServeFunction"));
    assertThat(config.cacheBucket()).isEqualTo(SampleStack.CACHE_BUCKET);
    assertThat(config.policyBucket().account().digits()).isEqualTo(SampleStack.ACCOUNT);
    assertThat(config.policyBucket().arn()).isEqualTo("arn:aws:s3:::" + SampleStack.CACHE_BUCKET);
  }

  @Test
  void startsTheFunctionsOfTheIndex() {
    IndexConfig config = IndexConfig.from(STACK.environment("IndexFunction"));
    assertThat(config.cacheBucket()).isEqualTo(SampleStack.CACHE_BUCKET);
    assertThat(config.stateBucket()).isEqualTo(SampleStack.STATE_BUCKET);
    assertThat(config.metrics()).contains("Narthex/narthex");
    assertThat(config.rebuild()).contains(SampleStack.stateMachine("narthex-index-rebuild"));
    assertThat(config.states()).isEmpty();
    IndexConfig tasks = IndexConfig.from(STACK.environment("IndexTaskFunction"));
    assertThat(tasks.cacheBucket()).isEqualTo(SampleStack.CACHE_BUCKET);
    assertThat(tasks.metrics()).contains("Narthex/narthex");
    assertThat(tasks.rebuild()).isEmpty();
  }

  @Test
  void tellsTheVerifyingFunctionWhereTheIndexListens() {
    assertThat(ValidateConfig.from(STACK.environment("ValidateFunction")).indexQueueUrl())
        .isEqualTo("https://sqs.eu-west-2.amazonaws.com/111122223333/narthex-IndexQueue");
  }

  @Test
  void startsTheProvisioningFunction() {
    ProvisionConfig config = ProvisionConfig.from(STACK.environment("ProvisionFunction"));
    assertThat(config.cacheBucket()).isEqualTo(SampleStack.CACHE_BUCKET);
    assertThat(config.stateBucket()).isEqualTo(SampleStack.STATE_BUCKET);
  }

  @Test
  void namesTheExistingBucketToAll() {
    assertThat(ValidateConfig.from(ATTACHED.environment("ValidateFunction")).cacheBucket())
        .isEqualTo("old-cache");
    assertThat(IndexConfig.from(ATTACHED.environment("IndexFunction")).cacheBucket())
        .isEqualTo("old-cache");
    assertThat(IndexConfig.from(ATTACHED.environment("IndexTaskFunction")).cacheBucket())
        .isEqualTo("old-cache");
    assertThat(ServeConfig.from(ATTACHED.environment("ServeFunction")).cacheBucket())
        .isEqualTo("old-cache");
    assertThat(ProvisionConfig.from(ATTACHED.environment("ProvisionFunction")).cacheBucket())
        .isEqualTo("old-cache");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ValidateFunction, NARTHEX_QUEUE_URL NARTHEX_INDEX_QUEUE_URL NARTHEX_METRICS NARTHEX_SIGNING_KEY NARTHEX_SIGNING_KEY_NAME JAVA_TOOL_OPTIONS",
    "IndexFunction, NARTHEX_INDEX_REBUILD NARTHEX_METRICS JAVA_TOOL_OPTIONS",
    "IndexTaskFunction, NARTHEX_METRICS JAVA_TOOL_OPTIONS",
    "ServeFunction, NARTHEX_ACCOUNT NARTHEX_PARTITION NARTHEX_METRICS",
    "ProvisionFunction, ''",
  })
  void setsNoVariableThatNobodyReads(String function, String own) {
    var expected = new TreeSet<String>();
    expected.addAll(List.of("AWS_REGION", "NARTHEX_CACHE_BUCKET", "NARTHEX_STATE_BUCKET"));
    expected.addAll(List.of(own.split(" ")));
    expected.remove("");
    assertThat(STACK.environment(function)).containsOnlyKeys(expected);
  }
}
