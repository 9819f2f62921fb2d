package io.narthex.aws.upstream;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.narthex.cache.admission.Upstreams;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePathHash;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Asks other caches as a Nix client does. An answer that does not end, in 10 seconds or within 1
 * MiB, is a failure, and so is one that says neither what the narinfo is nor that there is none:
 * 403, which S3 says for both, or a page to log in.
 */
public final class HttpUpstreams implements Upstreams, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_SIZE = 1 << 20;

  private final Duration timeout;

  /** Made when it is first asked for: with TLS and a thread it costs a sixth of a second. */
  private Optional<HttpClient> http = Optional.empty();

  private boolean isClosed;

  public HttpUpstreams() {
    this(TIMEOUT);
  }

  /**
   * @param timeout in which an answer is there, with all of its bytes
   */
  HttpUpstreams(Duration timeout) {
    this.timeout = requireNonNull(timeout, "timeout is null");
  }

  private synchronized HttpClient client() {
    if (isClosed) {
      throw new StoreException("upstreams are asked no more");
    }
    HttpClient client =
        http.orElseGet(
            () ->
                HttpClient.newBuilder()
                    .connectTimeout(timeout)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build());
    http = Optional.of(client);
    return client;
  }

  @Override
  public Optional<NarInfo> narInfo(UpstreamCache upstream, StorePathHash hash) {
    URI uri = URI.create(upstream.url().toString().replaceAll("/+$", "") + "/" + hash + ".narinfo");
    HttpResponse<byte[]> response = ask(uri);
    return switch (response.statusCode()) {
      case 200 -> Optional.of(parse(uri, response.body()));
      case 404, 410 -> Optional.empty();
      default -> throw new StoreException("GET " + uri + ": status " + response.statusCode());
    };
  }

  /** The timeout of a request ends with the head of its answer; this one does not. */
  private HttpResponse<byte[]> ask(URI uri) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client()
            .sendAsync(
                HttpRequest.newBuilder(uri).build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_SIZE));
    try {
      return answer.get(timeout.toNanos(), NANOSECONDS);
    } catch (ExecutionException e) {
      throw new StoreException("GET " + uri, e);
    } catch (TimeoutException e) {
      throw new StoreException("GET " + uri + ": no answer in " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("GET " + uri, e);
    } finally {
      answer.cancel(true);
    }
  }

  private static NarInfo parse(URI uri, byte[] bytes) {
    try {
      return NarInfo.parse(bytes);
    } catch (MalformedNarInfoException e) {
      throw new StoreException("GET " + uri + ": no narinfo", e);
    }
  }

  /** Gives up what is being asked for, and fails whatever is asked for later. */
  @Override
  public synchronized void close() {
    isClosed = true;
    http.ifPresent(HttpClient::shutdownNow);
  }
}
