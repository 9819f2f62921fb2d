package io.narthex.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.CachePath;
import io.narthex.cache.login.CallerIdentityUrl;
import io.narthex.cache.login.ExchangeRequest;
import io.narthex.cache.login.LoginRequest;
import io.narthex.cache.login.RefusedUrlException;
import io.narthex.cache.login.StsHosts;
import io.narthex.cache.login.TokenAnswer;
import io.narthex.cache.principal.AuthorizationHeader;
import io.narthex.cache.principal.MalformedPrincipalsException;
import io.narthex.cache.principal.PrincipalsJson;
import io.narthex.cache.read.MissingRequest;
import io.narthex.cache.report.ReportJson;
import io.narthex.cache.settings.SettingsJson;
import java.time.Instant;
import java.util.Optional;

/** What is asked at our door: paths, credentials, bodies; and what lies in the state bucket. */
public final class RequestFuzz {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private RequestFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, UTF_8);
    CachePath.parse(text);
    AuthorizationHeader.webToken(Optional.of(text));
    Reader.check(
        input,
        RefusedUrlException.class,
        bytes -> CallerIdentityUrl.parse(text, StsHosts.aws("aws"), NOW));
    Reader.check(input, MalformedJsonException.class, LoginRequest::parse);
    Reader.check(input, MalformedJsonException.class, ExchangeRequest::parse);
    Reader.check(input, MalformedJsonException.class, TokenAnswer::parse);
    Reader.check(input, MalformedJsonException.class, MissingRequest::parse);
    Reader.check(input, MalformedJsonException.class, ReportJson::read);
    Reader.check(input, MalformedJsonException.class, SettingsJson::read);
    Reader.check(input, MalformedPrincipalsException.class, bytes -> PrincipalsJson.read(text));
  }
}
