package io.narthex.cache.principal;

import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Authentication.Refused;
import java.time.Clock;
import java.util.Optional;

/** Knows callers by the tokens that we issue and by those of OIDC issuers. */
public final class DoorAuthenticator implements Authenticator {
  private final TokenCallers tokens;
  private final OidcCallers oidc;

  /**
   * @param account 12 digits: the account of the cache bucket
   */
  public DoorAuthenticator(
      Tokens tokens,
      WebTokenSignatures signatures,
      PrincipalSettingsSource settings,
      String account,
      Clock clock) {
    var admittance = new Admittance(account, settings);
    this.tokens = new TokenCallers(tokens, settings, admittance, clock);
    this.oidc = new OidcCallers(signatures, settings, admittance, clock);
  }

  @Override
  public Authentication authenticate(Optional<String> authorization) {
    return switch (AuthorizationHeader.read(authorization)) {
      case Credentials.Absent _ -> Authenticated.NOBODY;
      case Credentials.Malformed(String reason) -> new Refused(reason);
      case Credentials.Pair pair -> tokens.identify(pair);
      case Credentials.WebToken token -> identify(token.text());
    };
  }

  private Authentication identify(String webToken) {
    return switch (oidc.identify(webToken)) {
      case OidcCallers.Unknown(String reason) -> new Refused(reason);
      case OidcCallers.Known known ->
          new Authenticated(known.identity(), "web token of " + known.issuer());
    };
  }
}
