package io.narthex.serve;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpReply;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.login.Audience;
import io.narthex.cache.login.ExchangeRequest;
import io.narthex.cache.login.Issuance;
import io.narthex.cache.login.Login;
import io.narthex.cache.login.LoginRequest;
import io.narthex.cache.login.StsUnavailableException;
import io.narthex.cache.login.TokenExchange;
import java.net.URI;
import java.util.Optional;

/**
 * Where tokens are made for who shows something else: {@code POST /api/v1/login} and {@code POST
 * /api/v1/token}.
 */
final class TokenDoor implements TokenRequests {
  private static final String LOGIN = "/api/v1/login";
  private static final String TOKEN = "/api/v1/token";

  private static final int MAX_BODY = 8 * 1024;

  private final Optional<Login> login;
  private final TokenExchange exchange;
  private final Optional<Audience> audience;

  /**
   * @param login empty where there is no STS to ask
   * @param url of the cache; without it, it is what the gateway was reached by
   */
  TokenDoor(Optional<Login> login, TokenExchange exchange, Optional<URI> url) {
    this.login = requireNonNull(login, "login is null");
    this.exchange = requireNonNull(exchange, "exchange is null");
    this.audience = url.map(Audience::of);
  }

  @Override
  public Optional<HttpReply> answer(HttpCall call, ServeLog log, String requestId) {
    if (!call.rawPath().equals(LOGIN) && !call.rawPath().equals(TOKEN)) {
      return Optional.empty();
    }
    return Optional.of(
        PostedJson.refusal(call, MAX_BODY).orElseGet(() -> answerPost(call, log, requestId)));
  }

  private HttpReply answerPost(HttpCall call, ServeLog log, String requestId) {
    try {
      if (call.rawPath().equals(LOGIN) && login.isEmpty()) {
        return TokenReplies.noSts();
      }
      Issuance issuance = issue(call, call.body().bytes(MAX_BODY).orElseThrow());
      log.issuance(call.rawPath(), issuance, requestId);
      return TokenReplies.of(issuance);
    } catch (StsUnavailableException e) {
      log.stsUnavailable(String.valueOf(e.getMessage()), requestId);
      return TokenReplies.later();
    } catch (MalformedJsonException e) {
      return TokenReplies.of(new Issuance.Malformed(String.valueOf(e.getMessage())));
    }
  }

  private Issuance issue(HttpCall call, byte[] body) throws MalformedJsonException {
    return call.rawPath().equals(LOGIN)
        ? login.orElseThrow().login(LoginRequest.parse(body), ours(call))
        : exchange.exchange(call.header("authorization"), ExchangeRequest.parse(body).life());
  }

  // Never the Host header: the gateway has looked up the name that it says.
  private Audience ours(HttpCall call) throws MalformedJsonException {
    try {
      return audience.orElseGet(() -> new Audience(call.domainName().toLowerCase(ROOT)));
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("this cache does not know its own name: set NARTHEX_URL");
    }
  }
}
