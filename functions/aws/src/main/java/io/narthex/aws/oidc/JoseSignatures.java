package io.narthex.aws.oidc;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.OidcIssuer;
import io.narthex.cache.principal.WebToken;
import io.narthex.cache.principal.WebTokenSignatures;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Verifies signatures by the keys that issuers publish. An issuer that cannot be asked vouches for
 * nobody now.
 */
public final class JoseSignatures implements WebTokenSignatures {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int MAX_ISSUERS = 100;

  private final IssuerDoor door;
  private final Clock clock;
  private final Map<OidcIssuer, IssuerKeys> issuers = new ConcurrentHashMap<>();

  public JoseSignatures(LoopbackIssuers loopback, Clock clock) {
    this(loopback, TIMEOUT, clock);
  }

  JoseSignatures(LoopbackIssuers loopback, Duration timeout, Clock clock) {
    this.door = new IssuerDoor(loopback, timeout);
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Outcome check(OidcIssuer issuer, WebToken token) {
    try {
      return verifies(token, keys(issuer).of(issuer, token))
          ? new Good()
          : new NotGood("its signature does not verify");
    } catch (IssuerException e) {
      return new NotGood(String.valueOf(e.getMessage()));
    } catch (JoseException e) {
      // The text of a token may be in what the library says.
      return new NotGood("its signature cannot be verified");
    }
  }

  // Issuers come from the settings: what is over is of settings that were.
  private IssuerKeys keys(OidcIssuer issuer) {
    if (issuers.size() > MAX_ISSUERS) {
      issuers.clear();
    }
    return issuers.computeIfAbsent(issuer, _ -> new IssuerKeys(door, clock));
  }

  private static boolean verifies(WebToken token, JsonWebKey key) throws JoseException {
    var signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(
        new AlgorithmConstraints(ConstraintType.PERMIT, token.algorithm().text()));
    signature.setCompactSerialization(token.text());
    signature.setKey(key.getKey());
    return signature.verifySignature();
  }
}
