package io.narthex.aws.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads small documents of issuers: from the URL itself or not at all, within seconds, and no more
 * than a document is.
 */
final class IssuerDoor {
  private static final int MAX_BYTES = 256 * 1024;

  private final LoopbackIssuers loopback;
  private final Duration timeout;
  private final HttpClient http;

  IssuerDoor(LoopbackIssuers loopback, Duration timeout) {
    this.loopback = requireNonNull(loopback, "loopback is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** The text under a URL. */
  String get(URI uri) throws IssuerException {
    requireElsewhere(uri);
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Accept", "application/json").timeout(timeout).build();
    HttpResponse<byte[]> answer = send(request);
    if (answer.statusCode() != 200) {
      throw new IssuerException("%s answers %d".formatted(uri, answer.statusCode()));
    }
    return new String(answer.body(), UTF_8);
  }

  // The time-out of a request ends with the header of its answer; this one with the last byte.
  private HttpResponse<byte[]> send(HttpRequest request) throws IssuerException {
    var sent =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IssuerException(request.uri() + " does not answer well", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IssuerException("interrupted", e);
    } finally {
      sent.cancel(true);
    }
  }

  // A name of the outside may stand for an address of the inside, such as that of credentials.
  private void requireElsewhere(URI uri) throws IssuerException {
    if (loopback == LoopbackIssuers.ASKED) {
      return;
    }
    if (!uri.getScheme().equals("https")) {
      throw new IssuerException(uri + " is not asked over https");
    }
    try {
      if (Arrays.stream(InetAddress.getAllByName(uri.getHost())).anyMatch(IssuerDoor::isOurs)) {
        throw new IssuerException(uri + " is an address of this machine or its link");
      }
    } catch (IOException e) {
      throw new IssuerException(uri + " has no address", e);
    }
  }

  private static boolean isOurs(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress();
  }
}
