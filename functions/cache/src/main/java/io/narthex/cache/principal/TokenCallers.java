package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.policy.Principal;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.FederatedUser;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Who shows a token of ours. */
final class TokenCallers {
  private final CurrentTokens tokens;
  private final PrincipalSettingsSource settings;
  private final Admittance admittance;
  private final Clock clock;

  TokenCallers(
      Tokens tokens, PrincipalSettingsSource settings, Admittance admittance, Clock clock) {
    this.tokens = new CurrentTokens(tokens, clock);
    this.settings = requireNonNull(settings, "settings is null");
    this.admittance = requireNonNull(admittance, "admittance is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Whatever is wrong, the secret is hashed and compared, so that neither the answer nor the work
   * that it takes tells which it is.
   */
  Authentication identify(Credentials.Pair pair) {
    SecretHash sent = pair.password().hash();
    Optional<TokenId> id = TokenId.parse(pair.login());
    try {
      Optional<Token> token = id.flatMap(tokens::find);
      boolean matches = token.map(Token::hash).orElse(SecretHash.OF_NOTHING).matches(sent);
      Token.State state = token.map(t -> t.state(clock.instant())).orElse(Token.State.ACTIVE);
      if (token.isEmpty()) {
        return new Refused(id.map(i -> "no token " + i).orElse("a login that is no token's"));
      }
      if (!matches) {
        return new Refused("not the secret of token " + token.get().id());
      }
      return state == Token.State.ACTIVE
          ? let(token.get())
          : new Refused("token %s is %s".formatted(token.get().id(), inWords(state)));
    } catch (MalformedTokenException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static String inWords(Token.State state) {
    return switch (state) {
      case ACTIVE -> "good";
      case EXPIRED -> "expired";
      case REVOKED -> "revoked";
    };
  }

  private Authentication let(Token token) {
    Principal principal = token.principal();
    if (!admittance.admits(principal)) {
      return new Refused("token %s is of an account that is not let in".formatted(token.id()));
    }
    if (token.origin() instanceof TokenOrigin.Exchange exchange
        && !settings.current().maps(exchange.issuer(), principal)) {
      return new Refused("token %s is by a mapping that is no more".formatted(token.id()));
    }
    var identity =
        new Identity(
            isSessionUnknown(principal) ? settings.current().resolved(principal) : principal,
            token.tags().values(),
            token.userId().or(() -> UserIds.of(principal)),
            issueTime(token),
            !isLogin(token));
    return new Authenticated(identity, "token " + token.id());
  }

  private static boolean isSessionUnknown(Principal principal) {
    return principal instanceof AssumedRole role && !role.isPathKnown();
  }

  // STS tells nothing of tags, and not since when the session is that logged in.
  private static boolean isLogin(Token token) {
    return token.origin() instanceof TokenOrigin.Login;
  }

  /**
   * An exchange makes nobody's credentials younger than what was shown. Those of roles and of
   * federated users are temporary ones, and date from the token.
   */
  private static Optional<Instant> issueTime(Token token) {
    return switch (token.origin()) {
      case TokenOrigin.Exchange exchange -> Optional.of(exchange.issued());
      case TokenOrigin.Login _ -> Optional.empty();
      case TokenOrigin.Administrator _ ->
          token.principal() instanceof AssumedRole || token.principal() instanceof FederatedUser
              ? Optional.of(token.created())
              : Optional.empty();
    };
  }
}
