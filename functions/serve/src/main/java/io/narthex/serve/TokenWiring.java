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
import io.narthex.policy.AccountId;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** What makes tokens, put together by hand. */
public final class TokenWiring {
  private TokenWiring() {}

  /**
   * Makes tokens in a state bucket.
   *
   * @param account that owns the cache bucket
   * @param principals say who else is let in, and by which issuers' tokens
   * @param sts where callers with AWS credentials are asked about; without it nobody logs in
   * @param url of the cache as clients write it; without it, what the gateway was reached by
   */
  public static TokenRequests requests(
      AccountId account,
      ObjectStore state,
      PrincipalSettingsSource principals,
      WebTokenSignatures signatures,
      Optional<StsHosts> sts,
      Optional<URI> url,
      Clock clock) {
    var admittance = new Admittance(account.digits(), principals);
    var tokens = new Tokens(state, admittance, clock);
    var oidc = new OidcCallers(signatures, principals, admittance, clock);
    return new TokenDoor(
        sts.map(hosts -> new Login(new HttpSts(), hosts, admittance, tokens, clock)),
        new TokenExchange(oidc::identify, tokens),
        url);
  }
}
