package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.MalformedJsonException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who shows a token of an OIDC issuer: first what costs nothing and tells most, then the signature,
 * then whom the settings make of it. Whoever is not mapped is nobody we let in.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">ID Token
 *     Validation</a>
 */
public final class OidcCallers {
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private final WebTokenSignatures signatures;
  private final PrincipalSettingsSource settings;
  private final Admittance admittance;
  private final Clock clock;

  public OidcCallers(
      WebTokenSignatures signatures,
      PrincipalSettingsSource settings,
      Admittance admittance,
      Clock clock) {
    this.signatures = requireNonNull(signatures, "signatures is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.admittance = requireNonNull(admittance, "admittance is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Whom a token shows. */
  public sealed interface Outcome {}

  /**
   * Somebody that the settings know.
   *
   * @param issuer the {@code iss} of the token
   * @param subject the {@code sub} of the token
   * @param issued the {@code iat} of the token
   * @param expires of the token
   */
  public record Known(
      Identity identity, String issuer, String subject, Instant issued, Instant expires)
      implements Outcome {
    public Known {
      requireNonNull(identity, "identity is null");
      requireNonNull(issuer, "issuer is null");
      requireNonNull(subject, "subject is null");
      requireNonNull(issued, "issued is null");
      requireNonNull(expires, "expires is null");
    }
  }

  /**
   * Nobody.
   *
   * @param reason for the log of the function, without any of the token's text
   */
  public record Unknown(String reason) implements Outcome {
    public Unknown {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * Looks at a token in its compact form.
   *
   * @throws io.narthex.cache.store.StoreException if the settings could not be read
   */
  public Outcome identify(String text) {
    try {
      WebToken token = WebTokenText.read(text);
      Claims claims = token.claims();
      Optional<OidcIssuer> issuer = settings.current().issuer(claims.issuer());
      if (issuer.isEmpty()) {
        return new Unknown("a web token of an issuer that is not in the settings");
      }
      require(claims, issuer.get());
      return switch (signatures.check(issuer.get(), token)) {
        case WebTokenSignatures.NotGood(String reason) ->
            new Unknown("a web token of %s: %s".formatted(issuer.get().url(), reason));
        case WebTokenSignatures.Good _ -> map(issuer.get(), claims);
      };
    } catch (MalformedJsonException e) {
      return new Unknown("a web token: " + e.getMessage());
    }
  }

  private void require(Claims claims, OidcIssuer issuer) throws MalformedJsonException {
    // Only our own time is added to: what a token says may be the end of all time.
    Instant early = clock.instant().minus(LEEWAY);
    Instant late = clock.instant().plus(LEEWAY);
    Instant issued = claims.moment("iat");
    require(!early.isAfter(claims.moment("exp")), "its time is over");
    require(!issued.isAfter(late), "it is of the future");
    require(!issued.isBefore(early.minus(issuer.maxAge())), "it is too old");
    Optional<Instant> from = claims.optionalMoment("nbf");
    require(!from.map(f -> f.isAfter(late)).orElse(false), "its time has not come");
    List<String> audience = claims.audience();
    require(
        audience.size() == 1 && issuer.audiences().contains(audience.getFirst()),
        "it is for another audience");
    require(!claims.subject().isEmpty(), "it is of nobody");
  }

  private static void require(boolean good, String reason) throws MalformedJsonException {
    if (!good) {
      throw new MalformedJsonException(reason);
    }
  }

  private Outcome map(OidcIssuer issuer, Claims claims) throws MalformedJsonException {
    Optional<IssuerMapping> mapping =
        issuer.mappings().stream().filter(one -> one.matches(claims)).findFirst();
    if (mapping.isEmpty()) {
      return new Unknown("a web token of %s that no mapping takes".formatted(issuer.url()));
    }
    if (!admittance.admits(mapping.get().principal())) {
      return new Unknown("a web token that is mapped to an account that is not let in");
    }
    Instant issued = claims.moment("iat");
    var identity =
        new Identity(
            settings.current().resolved(mapping.get().principal()),
            mapping.get().tags(claims).values(),
            mapping.get().userId().or(() -> UserIds.of(mapping.get().principal())),
            Optional.of(issued));
    return new Known(identity, issuer.url().text(), claims.subject(), issued, claims.moment("exp"));
  }
}
