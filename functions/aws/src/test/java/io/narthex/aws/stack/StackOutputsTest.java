package io.narthex.aws.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.read.CacheBucket;
import io.narthex.policy.AccountId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackOutputsTest {
  private static final String QUEUE = "https://sqs.eu-west-2.amazonaws.com/111122223333/";

  @Test
  void readsWhatItNeedsAndPassesOverTheRest() {
    var outputs =
        Map.of(
            "CacheBucketName", "cache",
            "StateBucketName", "state",
            "UploadQueueUrl", QUEUE + "uploads",
            "DeadLetterQueueUrl", QUEUE + "dead",
            "DeadLetterQueueArn", "arn:aws:sqs:eu-west-2:111122223333:dead",
            "CacheUrl", "https://cache.example.org");
    assertThat(StackOutputs.of("narthex", outputs))
        .isEqualTo(
            new StackOutputs(
                "cache",
                "state",
                QUEUE + "uploads",
                QUEUE + "dead",
                "arn:aws:sqs:eu-west-2:111122223333:dead",
                Optional.of(URI.create("https://cache.example.org"))))
        .returns(
            new CacheBucket("arn:aws:s3:::cache", new AccountId("111122223333")),
            StackOutputs::policyBucket);
  }

  @Test
  void namesAllThatIsMissingFromTheStackOfSomethingElse() {
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> StackOutputs.of("shop", Map.of("StateBucketName", "state")))
        .withMessage(
            "the stack shop is not one of Narthex: it has no output CacheBucketName,"
                + " UploadQueueUrl, DeadLetterQueueUrl, DeadLetterQueueArn");
  }
}
