package io.narthex.aws.signing;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.signing.NarInfoSigner;
import io.narthex.cache.signing.Signing;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SecretKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Signs with a secret key that Secrets Manager keeps, read again when it was read five minutes ago:
 * who is not let read it any more signs no longer than that.
 */
public final class SecretSigner implements NarInfoSigner {
  private static final Duration FRESH = Duration.ofMinutes(5);

  /** The value that is in force; the role may read no other. */
  private static final String STAGE = "AWSCURRENT";

  private final SecretsManagerClient secrets;
  private final SigningKey.Secret secret;
  private final Clock clock;
  private volatile Optional<Remembered> remembered = Optional.empty();

  private record Remembered(SecretKey key, Instant readAt) {
    Remembered {
      requireNonNull(key, "key is null");
      requireNonNull(readAt, "readAt is null");
    }
  }

  /** The client stays the caller's to close. */
  public SecretSigner(SecretsManagerClient secrets, SigningKey.Secret secret, Clock clock) {
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.secret = requireNonNull(secret, "secret is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public PublicKey publicKey() {
    return key().publicKey();
  }

  @Override
  public Signing sign(String fingerprint) {
    return new Signing.Signed(key().sign(fingerprint));
  }

  private SecretKey key() {
    Instant now = clock.instant();
    return remembered
        .filter(r -> now.isBefore(r.readAt().plus(FRESH)))
        .map(Remembered::key)
        .orElseGet(() -> read(now));
  }

  private SecretKey read(Instant now) {
    remembered = Optional.empty();
    SecretKey key = parse(text());
    if (!key.name().equals(secret.name())) {
      throw new StoreException(
          "%s holds the key %s, not %s".formatted(secret.arn(), key.name(), secret.name()));
    }
    remembered = Optional.of(new Remembered(key, now));
    return key;
  }

  private String text() {
    try {
      return Optional.ofNullable(
              secrets
                  .getSecretValue(get -> get.secretId(secret.arn()).versionStage(STAGE))
                  .secretString())
          .orElseThrow(() -> new StoreException(secret.arn() + " holds bytes, not text"));
    } catch (SdkException e) {
      throw new StoreException("GetSecretValue " + secret.arn(), e);
    }
  }

  // The message of the parser shows nothing of the secret.
  private SecretKey parse(String text) {
    try {
      return SecretKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StoreException(secret.arn(), e);
    }
  }
}
