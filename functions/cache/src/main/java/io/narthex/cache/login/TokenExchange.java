package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.AuthorizationHeader;
import io.narthex.cache.principal.OidcCallers;
import io.narthex.cache.principal.SessionTags;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenOrigin;
import io.narthex.cache.principal.Tokens;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives a token to who shows one of an OIDC issuer, for jobs outlive those. A token of ours is not
 * exchanged for another: else it would never end.
 */
public final class TokenExchange {
  private static final int MAX_NAME = 180;

  private final Function<String, OidcCallers.Outcome> webTokens;
  private final Tokens tokens;

  /**
   * Makes tokens for whom the issuers' are good.
   *
   * @param webTokens {@link OidcCallers#identify}
   */
  public TokenExchange(Function<String, OidcCallers.Outcome> webTokens, Tokens tokens) {
    this.webTokens = requireNonNull(webTokens, "webTokens is null");
    this.tokens = requireNonNull(tokens, "tokens is null");
  }

  /**
   * Exchanges a token.
   *
   * @param authorization the header, as the front hands it on
   * @param asked the life that is wanted
   * @throws io.narthex.cache.store.StoreException if S3 could not be asked
   */
  public Issuance exchange(Optional<String> authorization, Optional<Duration> asked) {
    Optional<String> shown = AuthorizationHeader.webToken(authorization);
    if (shown.isEmpty()) {
      return new Issuance.Unproven(
          "what is exchanged here is the token of an OIDC issuer", "nothing that looks like one");
    }
    return switch (webTokens.apply(shown.get())) {
      case OidcCallers.Known known -> issue(known, asked);
      case OidcCallers.Unknown(var reason) ->
          new Issuance.Unproven("the credentials are no good here", reason);
    };
  }

  private Issuance issue(OidcCallers.Known known, Optional<Duration> asked) {
    return new Issuance.Issued(
        tokens.create(
            new TokenGrant(
                known.identity().principal(),
                new SessionTags(known.identity().tags()),
                known.identity().userId(),
                new TokenOrigin.Exchange(known.issuer(), known.subject(), known.issued()),
                "exchanged by " + shortened(known.subject()),
                TokenLife.of(asked, TokenLife.JOB))));
  }

  // A subject is what the issuer makes of names that its users choose.
  private static String shortened(String subject) {
    var text = new StringBuilder();
    subject
        .codePoints()
        .filter(c -> c > ' ' && c < 0x7f)
        .limit(MAX_NAME)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
