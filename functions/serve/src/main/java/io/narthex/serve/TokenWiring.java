package io.narthex.serve;

import io.narthex.aws.sts.HttpSts;
import io.narthex.cache.login.Login;
import io.narthex.cache.login.StsHosts;
import io.narthex.cache.login.TokenExchange;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.OidcCallers;
import io.narthex.cache.principal.PrincipalSettingsSource;
import io.narthex.cache.principal.Tokens;
import io.narthex.cache.principal.WebTokenSignatures;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;

/** What makes tokens, put together by hand. */
final class TokenWiring {
  private TokenWiring() {}

  static TokenDoor door(
      ServeConfig config,
      ObjectStore state,
      PrincipalSettingsSource principals,
      WebTokenSignatures signatures,
      Clock clock) {
    var admittance = new Admittance(config.policyBucket().account(), principals);
    var tokens = new Tokens(state, admittance, clock);
    var oidc = new OidcCallers(signatures, principals, admittance, clock);
    StsHosts hosts =
        config.sts().map(StsHosts::at).orElseGet(() -> StsHosts.aws(config.partition()));
    return new TokenDoor(
        new Login(new HttpSts(), hosts, admittance, tokens, clock),
        new TokenExchange(oidc::identify, tokens),
        config.url());
  }
}
