package io.narthex.aws.signing;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import io.narthex.nix.signature.Ed25519PublicKey;
import io.narthex.nix.signature.PublicKey;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * The public half of a key of KMS. KMS tells it only of a key that could sign now: not of one that
 * is disabled, or will be deleted.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html">GetPublicKey</a>
 */
final class KmsPublicKey {
  private final KmsClient kms;
  private final SigningKey.KmsKey key;

  KmsPublicKey(KmsClient kms, SigningKey.KmsKey key) {
    this.kms = requireNonNull(kms, "kms is null");
    this.key = requireNonNull(key, "key is null");
  }

  /**
   * Asks for it.
   *
   * @throws StoreException if KMS does not tell it, or it is a key for something else
   */
  PublicKey read() {
    try {
      GetPublicKeyResponse answer = kms.getPublicKey(get -> get.keyId(key.arn()));
      if (answer.keySpec() != KeySpec.ECC_NIST_EDWARDS25519
          || answer.keyUsage() != KeyUsageType.SIGN_VERIFY) {
        throw new StoreException(
            "%s is a key of %s for %s, not of %s for %s"
                .formatted(
                    key.arn(),
                    answer.keySpecAsString(),
                    answer.keyUsageAsString(),
                    KeySpec.ECC_NIST_EDWARDS25519,
                    KeyUsageType.SIGN_VERIFY));
      }
      return new PublicKey(key.name(), Ed25519PublicKey.ofX509(answer.publicKey().asByteArray()));
    } catch (SdkException | IllegalArgumentException e) {
      throw new StoreException("GetPublicKey " + key.arn(), e);
    }
  }
}
