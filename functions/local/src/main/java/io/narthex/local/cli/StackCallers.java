package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.operate.KnownCallers;
import io.narthex.cache.principal.IssuedToken;
import io.narthex.cache.principal.MalformedPrincipalsException;
import io.narthex.cache.principal.PrincipalsJson;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenId;
import java.net.URI;
import java.util.Optional;

/** At the door of a stack on AWS, by its state bucket. */
final class StackCallers implements CallerDesk {
  private final KnownCallers callers;
  private final URI url;

  StackCallers(KnownCallers callers, URI url) {
    this.callers = requireNonNull(callers, "callers is null");
    this.url = requireNonNull(url, "url is null");
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public NetrcLogin createToken(TokenGrant grant) {
    IssuedToken issued = callers.createToken(grant);
    return new NetrcLogin(issued.token().id(), issued.secret(), issued.token().expires());
  }

  @Override
  public String listTokens() {
    return callers.listTokens();
  }

  @Override
  public boolean revokeToken(TokenId id) {
    return callers.revokeToken(id);
  }

  @Override
  public Optional<String> principals() {
    return callers.principals();
  }

  @Override
  public void setPrincipals(String json) {
    try {
      if (PrincipalsJson.read(json).issuers().stream().anyMatch(i -> i.url().isLoopback())) {
        throw new CannotException("on AWS no issuer is asked at a loopback address");
      }
      callers.setPrincipals(json);
    } catch (MalformedPrincipalsException e) {
      throw new CannotException(String.join("\n", e.problems()));
    }
  }
}
