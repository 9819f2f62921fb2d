package io.narthex.local.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where a job has the token of its issuer: a file, the variable {@code NARTHEX_OIDC_TOKEN}
 * (GitLab's {@code id_tokens} write one), or GitHub Actions, which is asked for one.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/security/oidc">OpenID Connect in
 *     GitHub Actions</a>
 */
public final class WebTokenSource {
  private static final String VARIABLE = "NARTHEX_OIDC_TOKEN";
  private static final String GITHUB_URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
  private static final String GITHUB_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Map<String, String> environment;

  /** Of a process with these variables. */
  public WebTokenSource(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The token.
   *
   * @param file that holds it; empty to look for one
   * @param audience for which GitHub is asked; a token that is there already has its own
   * @throws IllegalStateException if there is none
   */
  public WebToken find(Optional<Path> file, String audience) {
    return file.map(WebTokenSource::read)
        .or(() -> variable(VARIABLE))
        .or(() -> variable(GITHUB_URL).map(url -> ofGitHub(url, audience)))
        .map(WebToken::new)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no token of an issuer: name a file with --issuer-token-file, set "
                        + VARIABLE
                        + ", or give the job of GitHub Actions the permission id-token: write"));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  private String ofGitHub(String address, String audience) {
    String token =
        variable(GITHUB_TOKEN)
            .orElseThrow(() -> new IllegalStateException(GITHUB_TOKEN + " is not set"));
    URI url =
        URI.create(
            address
                + (address.contains("?") ? "&" : "?")
                + "audience="
                + URLEncoder.encode(audience, UTF_8));
    SafeUrl.require(url);
    return value(
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Authorization", "bearer " + requireNonNull(token))
            .header("Accept", "application/json")
            .build());
  }

  private static String value(HttpRequest request) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("GitHub answers " + answer.statusCode() + " for a token");
      }
      return JsonDocument.parse(answer.body()).text("value");
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("GitHub answers no token", e);
    } catch (IOException e) {
      throw new IllegalStateException("GitHub does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
