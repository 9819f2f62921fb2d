package io.narthex.aws.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.signing.NarInfoSigner;
import io.narthex.cache.signing.Signing;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.signature.Ed25519Signature;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.Sig;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * Has KMS sign, one call a signature. Refuses fingerprints of more than 4,096 bytes, which KMS does
 * not take: those of paths with some sixty references or more.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">Sign</a>
 */
public final class KmsSigner implements NarInfoSigner {
  private static final int MAX_MESSAGE = 4096;

  private final KmsClient kms;
  private final SigningKey.KmsKey key;
  private final KmsPublicKey half;
  private volatile Optional<PublicKey> publicKey = Optional.empty();

  /** The client stays the caller's to close. */
  public KmsSigner(KmsClient kms, SigningKey.KmsKey key) {
    this.kms = requireNonNull(kms, "kms is null");
    this.key = requireNonNull(key, "key is null");
    this.half = new KmsPublicKey(kms, key);
  }

  /** Asked for once: under the ARN of a KMS key there is never another. */
  @Override
  public PublicKey publicKey() {
    return publicKey.orElseGet(
        () -> {
          PublicKey read = half.read();
          publicKey = Optional.of(read);
          return read;
        });
  }

  @Override
  public Signing sign(String fingerprint) {
    byte[] message = fingerprint.getBytes(UTF_8);
    return message.length > MAX_MESSAGE
        ? new Signing.Refused(
            "a fingerprint of at most %d bytes, as KMS signs".formatted(MAX_MESSAGE),
            message.length + " bytes")
        : new Signing.Signed(Sig.of(key.name(), signature(message)));
  }

  private Ed25519Signature signature(byte[] message) {
    try {
      return Ed25519Signature.of(
          kms.sign(
                  sign ->
                      sign.keyId(key.arn())
                          .message(SdkBytes.fromByteArray(message))
                          .messageType(MessageType.RAW)
                          .signingAlgorithm(SigningAlgorithmSpec.ED25519_SHA_512))
              .signature()
              .asByteArray());
    } catch (SdkException | IllegalArgumentException e) {
      throw new StoreException("Sign " + key.arn(), e);
    }
  }
}
