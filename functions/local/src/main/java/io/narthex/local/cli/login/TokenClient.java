package io.narthex.local.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.login.ExchangeRequest;
import io.narthex.cache.login.LoginRequest;
import io.narthex.cache.login.TokenAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Asks a cache for a token. What is sent is as good as a credential: it goes over TLS, or stays on
 * this machine, and follows no redirect.
 */
public final class TokenClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI cache;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Of a cache at its URL.
   *
   * @throws IllegalArgumentException if that is no https URL, nor one of this machine
   */
  public TokenClient(URI cache) {
    this.cache = requireNonNull(cache, "cache is null");
    SafeUrl.require(cache);
  }

  /** Shows AWS credentials. */
  public TokenAnswer login(LoginRequest request) {
    return send(request("/api/v1/login", request.write()));
  }

  /** Shows a token of an OIDC issuer. */
  public TokenAnswer exchange(WebToken token, ExchangeRequest request) {
    return send(
        request("/api/v1/token", request.write())
            .header("Authorization", "Bearer " + token.reveal()));
  }

  private HttpRequest.Builder request(String path, byte[] json) {
    String base = cache.toString();
    String url = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(json));
  }

  private TokenAnswer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            "%s answers %d: %s"
                .formatted(cache, answer.statusCode(), new String(answer.body(), UTF_8).strip()));
      }
      return TokenAnswer.parse(answer.body());
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(cache + " is no cache of Narthex", e);
    } catch (IOException e) {
      throw new IllegalStateException(cache + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
