package io.narthex.aws.signing;

import io.narthex.cache.signing.NarInfoSigner;
import java.time.Clock;

/** What signs with a key, wherever it lies. Nothing is asked of AWS before the first use. */
public final class NarInfoSigners {
  private NarInfoSigners() {}

  /** A signer for as long as the process lasts. */
  public static NarInfoSigner of(SigningKey key, Clock clock) {
    return switch (key) {
      case SigningKey.Secret secret ->
          new SecretSigner(SigningClients.secretsManager(secret), secret, clock);
      case SigningKey.KmsKey kms -> new KmsSigner(SigningClients.kms(kms), kms);
    };
  }
}
