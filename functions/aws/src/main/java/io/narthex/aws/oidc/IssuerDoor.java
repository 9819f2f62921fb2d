package io.narthex.aws.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/**
 * Reads small documents of issuers: from the URL itself or not at all, within seconds, and no more
 * than a document is.
 */
final class IssuerDoor {
  private final LoopbackIssuers loopback;
  private final Duration timeout;
  private final SSLSocketFactory tls;
  private final Predicate<InetAddress> isOutside;

  IssuerDoor(LoopbackIssuers loopback, Duration timeout) {
    this(loopback, timeout, (SSLSocketFactory) SSLSocketFactory.getDefault(), OutsideAddress::is);
  }

  IssuerDoor(
      LoopbackIssuers loopback,
      Duration timeout,
      SSLSocketFactory tls,
      Predicate<InetAddress> isOutside) {
    this.loopback = requireNonNull(loopback, "loopback is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
    this.tls = requireNonNull(tls, "tls is null");
    this.isOutside = requireNonNull(isOutside, "isOutside is null");
  }

  /** The text under a URL. */
  String get(URI uri) throws IssuerException {
    if (loopback == LoopbackIssuers.REFUSED && !uri.getScheme().equals("https")) {
      throw new IssuerException(uri + " is not asked over https");
    }
    var request = new IssuerRequest(uri, new OutsideSockets(tls, this::isAllowed), timeout);
    var task =
        new FutureTask<byte[]>(
            () -> {
              request.requireAddresses(this::isAllowed);
              return request.send();
            });
    Thread.ofVirtual().name("issuer").start(task);
    try {
      return new String(answer(task, uri), UTF_8);
    } finally {
      request.abort();
    }
  }

  private boolean isAllowed(InetAddress address) {
    return loopback == LoopbackIssuers.ASKED || isOutside.test(address);
  }

  // The time-outs of java.net are each for a part of it; this one is from the look-up of the name
  // to the last byte.
  private byte[] answer(FutureTask<byte[]> task, URI uri) throws IssuerException {
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IssuerException reason
          ? reason
          : new IssuerException(uri + " does not answer well", e);
    } catch (TimeoutException e) {
      throw new IssuerException(uri + " does not answer well", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IssuerException("interrupted", e);
    }
  }
}
