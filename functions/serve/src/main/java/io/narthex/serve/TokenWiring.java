package io.narthex.serve;

import io.narthex.aws.sts.HttpSts;
import io.narthex.cache.login.Login;
import io.narthex.cache.login.StsHosts;
import io.narthex.cache.login.TokenExchange;
import io.narthex.cache.login.WebTokens;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.Tokens;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;

/** What makes tokens, put together by hand. */
final class TokenWiring {
  private TokenWiring() {}

  static TokenDoor door(ServeConfig config, ObjectStore state, Clock clock) {
    var admittance = new Admittance(config.policyBucket().account(), () -> PrincipalSettings.NONE);
    var tokens = new Tokens(state, admittance, clock);
    StsHosts hosts =
        config.sts().map(StsHosts::at).orElseGet(() -> StsHosts.aws(config.partition()));
    return new TokenDoor(
        new Login(new HttpSts(), hosts, admittance, tokens, clock),
        new TokenExchange(_ -> new WebTokens.Unknown(), tokens),
        config.url());
  }
}
