package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A long-term key pair, for stores that are not AWS. It prints its key id only. */
public final class StaticCredentials {
  private final String accessKeyId;
  private final String secretAccessKey;

  /** Neither may be empty. */
  public StaticCredentials(String accessKeyId, String secretAccessKey) {
    this.accessKeyId = requireNonNull(accessKeyId, "accessKeyId is null");
    this.secretAccessKey = requireNonNull(secretAccessKey, "secretAccessKey is null");
    if (accessKeyId.isEmpty() || secretAccessKey.isEmpty()) {
      throw new IllegalArgumentException("an access key has an id and a secret");
    }
  }

  AwsCredentialsProvider provider() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(accessKeyId, secretAccessKey));
  }

  /** The key id; never the secret. */
  @Override
  public String toString() {
    return accessKeyId;
  }
}
