package io.narthex.aws.oidc;

import io.narthex.cache.principal.OidcIssuer;
import io.narthex.cache.principal.SignatureAlgorithm;
import io.narthex.cache.principal.WebToken;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The keys that an issuer has published. */
record PublishedKeys(List<JsonWebKey> keys) {
  static final PublishedKeys NONE = new PublishedKeys(List.of());

  private static final int MAX_KEYS = 100;

  PublishedKeys {
    keys = List.copyOf(keys);
  }

  /** As the issuer has them now: two requests. */
  static PublishedKeys of(IssuerDoor door, OidcIssuer issuer) throws IssuerException {
    String metadata = door.get(IssuerMetadata.uri(issuer));
    String set = door.get(IssuerMetadata.keys(issuer, metadata));
    try {
      List<JsonWebKey> read = new JsonWebKeySet(set).getJsonWebKeys();
      if (read.size() > MAX_KEYS) {
        throw new IssuerException("it has more keys than an issuer has");
      }
      return new PublishedKeys(read);
    } catch (JoseException | RuntimeException e) {
      throw new IssuerException("its keys are not understood", e);
    }
  }

  /** Never by trial: a token without the name of its key is good only where there is one key. */
  Optional<JsonWebKey> find(WebToken token) {
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
