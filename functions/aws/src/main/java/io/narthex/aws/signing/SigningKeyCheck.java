package io.narthex.aws.signing;

import io.narthex.nix.signature.PublicKey;
import java.util.Optional;

/** Looks at a key as far as it can be seen by who may neither sign with it nor read it. */
public final class SigningKeyCheck {
  private SigningKeyCheck() {}

  /**
   * Checks that the key is there, and that it is one that signs as Nix does.
   *
   * @return its public half, where that is told: not of a secret
   * @throws io.narthex.cache.store.StoreException if it cannot be used, with a reason that a person
   *     can act on
   */
  public static Optional<PublicKey> check(SigningKey key) {
    return switch (key) {
      case SigningKey.Secret secret -> {
        try (var client = SigningClients.secretsManager(secret)) {
          new SecretDescription(client, secret).check();
        }
        yield Optional.empty();
      }
      case SigningKey.KmsKey kms -> {
        try (var client = SigningClients.kms(kms)) {
          yield Optional.of(new KmsPublicKey(client, kms).read());
        }
      }
    };
  }
}
