package io.narthex.aws.oidc;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.principal.OidcIssuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where an issuer has its keys.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery</a>
 */
final class IssuerMetadata {
  private IssuerMetadata() {}

  /** Of the document that an issuer publishes about itself. */
  static URI uri(OidcIssuer issuer) {
    String url = issuer.url().text();
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    return URI.create(base + "/.well-known/openid-configuration");
  }

  /** The keys' place, as that document has it: the issuer's host, or one on its list. */
  static URI keys(OidcIssuer issuer, String json) throws IssuerException {
    try {
      JsonDocument document = JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8));
      if (!document.text("issuer").equals(issuer.url().text())) {
        throw new IssuerException("it says that it is another issuer");
      }
      URI keys = document.text("jwks_uri", URI::create);
      requireAllowed(issuer, keys);
      return keys;
    } catch (MalformedJsonException e) {
      throw new IssuerException("what it says of itself is not understood", e);
    }
  }

  private static void requireAllowed(OidcIssuer issuer, URI keys) throws IssuerException {
    URI own = issuer.url().uri();
    if (keys.getHost() == null || keys.getRawUserInfo() != null) {
      throw new IssuerException("its keys are under no URL");
    }
    String host = keys.getHost().toLowerCase(Locale.ROOT);
    boolean isOwn = host.equalsIgnoreCase(own.getHost()) && keys.getPort() == own.getPort();
    boolean isListed = keys.getPort() < 0 && issuer.keyHosts().contains(host);
    if (!own.getScheme().equals(keys.getScheme()) || !(isOwn || isListed)) {
      throw new IssuerException("its keys are on another host: " + host);
    }
  }
}
