package io.narthex.aws.sts;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.login.Audience;
import io.narthex.cache.login.CallerIdentityUrl;
import io.narthex.cache.login.Sts;
import io.narthex.cache.login.StsAnswer;
import io.narthex.cache.login.StsUnavailableException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks STS over HTTP: one request, no redirects, a bounded answer in a bounded time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
public final class HttpSts implements Sts {
  /** From the first packet to the last of the answer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** An answer has some 500 bytes. */
  private static final int MAX_ANSWER = 16 * 1024;

  private final Supplier<HttpClient> client;
  private final Duration timeout;

  /** Waits three seconds for an answer. */
  public HttpSts() {
    this(TIMEOUT);
  }

  HttpSts(Duration timeout) {
    this.timeout = requireNonNull(timeout, "timeout is null");
    // One for each login: they are rare, and no connection may survive in a snapshot.
    this.client =
        () ->
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
  }

  @Override
  public StsAnswer getCallerIdentity(CallerIdentityUrl url, Audience audience) {
    HttpRequest request =
        HttpRequest.newBuilder(url.uri()).header(Audience.HEADER, audience.value()).build();
    HttpClient http = client.get();
    try {
      HttpResponse<byte[]> response = send(http, request, url);
      return StsResponse.read(response.statusCode(), response.body());
    } finally {
      http.shutdownNow();
    }
  }

  private HttpResponse<byte[]> send(HttpClient http, HttpRequest request, CallerIdentityUrl url) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
    try {
      return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StsUnavailableException(url + " takes longer than " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new StsUnavailableException(url + " does not answer: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StsUnavailableException(url + ": interrupted", e);
    }
  }

  // Its text may hold the whole URL, so that it is not a cause of what is logged.
  private static String reason(ExecutionException e) {
    return e.getCause() instanceof IOException io ? io.getClass().getSimpleName() : "no answer";
  }
}
