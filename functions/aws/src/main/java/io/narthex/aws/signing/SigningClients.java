package io.narthex.aws.signing;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The SDK's clients for keys, with the credentials of the environment; the caller closes them. */
final class SigningClients {
  private SigningClients() {}

  static SecretsManagerClient secretsManager(SigningKey.Secret secret) {
    return SecretsManagerClient.builder()
        .region(Region.of(secret.region()))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  static KmsClient kms(SigningKey.KmsKey key) {
    return KmsClient.builder()
        .region(Region.of(key.region()))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
