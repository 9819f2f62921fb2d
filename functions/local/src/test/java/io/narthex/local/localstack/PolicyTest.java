package io.narthex.local.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3BucketPolicySource;
import io.narthex.local.stores.ScratchBucket;
import io.narthex.cache.read.StoredPolicy;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bucket policy comes back as it was put, for the function that answers reads by it. */
@Tag("containers")
@ExtendWith(OneLocalStack.class)
class PolicyTest {
  private final ScratchBucket bucket;
  private final S3BucketPolicySource source;

  PolicyTest(LocalStack localStack) {
    bucket = ScratchBucket.versioned(localStack.access());
    source = new S3BucketPolicySource(bucket.s3(), bucket.name());
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  private String policy() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/policies/bucket-policy.json")) {
      assertThat(in).isNotNull();
      String role = "arn:aws:iam::000000000000:role/narthex-";
      return new String(in.readAllBytes(), UTF_8)
          .replace("@CacheBucket@", bucket.name())
          .replace("@ValidateRole@", role + "validate")
          .replace("@ProvisionRole@", role + "provision");
    }
  }

  @Test
  void findsNoneOnABucketWithoutOne() {
    assertThat(source.read()).isEqualTo(new StoredPolicy.None());
  }

  @Test
  void readsThePolicyThatWasPut() throws IOException, MalformedPolicyException {
    String policy = policy();
    bucket.s3().putBucketPolicy(put -> put.bucket(bucket.name()).policy(policy));
    var stored = (StoredPolicy.Text) source.read();
    assertThat(PolicyDocument.parse(stored.json()))
        .isEqualTo(PolicyDocument.parse(policy));
  }
}
