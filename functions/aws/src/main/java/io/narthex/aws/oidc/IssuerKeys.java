package io.narthex.aws.oidc;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.OidcIssuer;
import io.narthex.cache.principal.SignatureAlgorithm;
import io.narthex.cache.principal.WebToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer, as they were some minutes ago. A key that is not among them makes us ask
 * again, but not for everybody who comes with a name of a key: once in a while.
 */
final class IssuerKeys {
  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration THROTTLE = Duration.ofSeconds(30);
  private static final int MAX_KEYS = 100;

  private final IssuerDoor door;
  private final Clock clock;
  private List<JsonWebKey> keys = List.of();
  private Instant readAt = Instant.MIN;
  private Instant triedAt = Instant.MIN;

  IssuerKeys(IssuerDoor door, Clock clock) {
    this.door = requireNonNull(door, "door is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The one key that a token can be signed with. */
  synchronized JsonWebKey of(OidcIssuer issuer, WebToken token) throws IssuerException {
    Instant now = clock.instant();
    boolean isFresh = readAt.isAfter(now.minus(FRESH));
    Optional<JsonWebKey> known = isFresh ? find(token) : Optional.empty();
    if (known.isPresent()) {
      return known.get();
    }
    if (triedAt.isAfter(now.minus(THROTTLE))) {
      throw new IssuerException(isFresh ? "it has no such key" : "it did not tell its keys");
    }
    triedAt = now;
    keys = read(issuer);
    readAt = now;
    return find(token).orElseThrow(() -> new IssuerException("it has no such key"));
  }

  private List<JsonWebKey> read(OidcIssuer issuer) throws IssuerException {
    String metadata = door.get(IssuerMetadata.uri(issuer));
    String set = door.get(IssuerMetadata.keys(issuer, metadata));
    try {
      List<JsonWebKey> read = new JsonWebKeySet(set).getJsonWebKeys();
      if (read.size() > MAX_KEYS) {
        throw new IssuerException("it has more keys than an issuer has");
      }
      return List.copyOf(read);
    } catch (JoseException | RuntimeException e) {
      throw new IssuerException("its keys are not understood", e);
    }
  }

  // Never by trial: a token without the name of its key is good only where there is one key.
  private Optional<JsonWebKey> find(WebToken token) {
    List<JsonWebKey> fitting =
        keys.stream()
            .filter(key -> fits(key, token.algorithm()))
            .filter(key -> token.keyId().map(id -> id.equals(key.getKeyId())).orElse(true))
            .toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  private static boolean fits(JsonWebKey key, SignatureAlgorithm algorithm) {
    return algorithm.keyType().equals(key.getKeyType())
        && isOr(key.getAlgorithm(), algorithm.text())
        && isOr(key.getUse(), "sig")
        && (key.getKeyOps() == null || key.getKeyOps().contains("verify"));
  }

  // The library tells what is absent by null.
  private static boolean isOr(@Nullable String value, String wanted) {
    return value == null || value.equals(wanted);
  }
}
