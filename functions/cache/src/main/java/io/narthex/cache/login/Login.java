package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.principal.SessionTags;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenOrigin;
import io.narthex.cache.principal.Tokens;
import io.narthex.policy.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a token to who has AWS credentials: they sign a question to STS for us to ask, and so we
 * never see them.
 */
public final class Login {
  private final Sts sts;
  private final StsHosts hosts;
  private final Admittance admittance;
  private final Tokens tokens;
  private final Clock clock;

  /** Asks STS at these hosts, for callers that are let in at all. */
  public Login(Sts sts, StsHosts hosts, Admittance admittance, Tokens tokens, Clock clock) {
    this.sts = requireNonNull(sts, "sts is null");
    this.hosts = requireNonNull(hosts, "hosts is null");
    this.admittance = requireNonNull(admittance, "admittance is null");
    this.tokens = requireNonNull(tokens, "tokens is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Logs a caller in, with at most one request to STS.
   *
   * @param ours who we are; a request that is signed for another cache is not for us
   * @throws StsUnavailableException if STS could not be asked
   * @throws io.narthex.cache.store.StoreException if S3 could not
   */
  public Issuance login(LoginRequest request, Audience ours) {
    if (!request.audience().equals(ours)) {
      return new Issuance.Refused("this cache is %s; log in to that".formatted(ours));
    }
    try {
      var url = CallerIdentityUrl.parse(request.url(), hosts, clock.instant());
      return switch (sts.getCallerIdentity(url, ours)) {
        case StsAnswer.CallerIdentity caller -> issue(caller, request.life());
        case StsAnswer.Denied(var code) ->
            new Issuance.Unproven("AWS does not accept these credentials: " + code, "STS: " + code);
      };
    } catch (RefusedUrlException e) {
      return new Issuance.Malformed(
          "the url is not a presigned sts:GetCallerIdentity for us: " + e.getMessage());
    }
  }

  private Issuance issue(StsAnswer.CallerIdentity caller, Optional<Duration> asked) {
    Principal principal = principal(caller);
    if (!admittance.admits(principal)) {
      return new Issuance.Refused(
          "%s is of account %s, which this cache does not let in; its operator can, with: narthex"
                  .formatted(caller.arn(), caller.account())
              + " principals set");
    }
    return new Issuance.Issued(
        tokens.create(
            new TokenGrant(
                principal,
                SessionTags.NONE,
                Optional.of(caller.userId()),
                new TokenOrigin.Login(),
                "narthex login",
                TokenLife.of(asked, TokenLife.MAX))));
  }

  // An account of another partition may have the same number.
  private Principal principal(StsAnswer.CallerIdentity caller) {
    Principal principal = parse(caller.arn());
    if (!caller.arn().startsWith("arn:" + hosts.partition() + ":")
        || !principal.accountId().equals(Optional.of(caller.account()))) {
      throw new StsUnavailableException("STS contradicts itself on who the caller is");
    }
    return principal;
  }

  private static Principal parse(String arn) {
    try {
      return PrincipalText.parse(arn);
    } catch (IllegalArgumentException e) {
      throw new StsUnavailableException("STS names a caller that is no principal", e);
    }
  }
}
