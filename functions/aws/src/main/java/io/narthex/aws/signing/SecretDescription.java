package io.narthex.aws.signing;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/**
 * What Secrets Manager says of a secret to who may not read it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html">DescribeSecret</a>
 */
final class SecretDescription {
  private static final String STAGE = "AWSCURRENT";

  private final SecretsManagerClient secrets;
  private final SigningKey.Secret secret;

  SecretDescription(SecretsManagerClient secrets, SigningKey.Secret secret) {
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.secret = requireNonNull(secret, "secret is null");
  }

  /**
   * Asks whether it can be read.
   *
   * @throws StoreException if there is none, it has no value, or it will be deleted
   */
  void check() {
    try {
      DescribeSecretResponse answer =
          secrets.describeSecret(describe -> describe.secretId(secret.arn()));
      if (answer.deletedDate() != null) {
        throw new StoreException(secret.arn() + " is scheduled for deletion");
      }
      if (answer.versionIdsToStages().values().stream().noneMatch(s -> s.contains(STAGE))) {
        throw new StoreException(secret.arn() + " has no value");
      }
    } catch (SdkException e) {
      throw new StoreException("DescribeSecret " + secret.arn(), e);
    }
  }
}
