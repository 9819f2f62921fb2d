package io.narthex.aws.oidc;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.oidc.OutsideSockets.InsideAddressException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;

/**
 * One GET, by the only client of the JDK that shows the connection before it is used. Nothing of it
 * is kept for another.
 */
final class IssuerRequest {
  private static final int MAX_BYTES = 256 * 1024;

  private final URI uri;
  private final OutsideSockets sockets;
  private final Duration timeout;
  private volatile Optional<HttpURLConnection> opened = Optional.empty();

  IssuerRequest(URI uri, OutsideSockets sockets, Duration timeout) {
    this.uri = requireNonNull(uri, "uri is null");
    this.sockets = requireNonNull(sockets, "sockets is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
  }

  /** Looks at what the name stands for now, before anybody is even knocked at. */
  void requireAddresses(Predicate<InetAddress> isAllowed) throws IssuerException {
    try {
      for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
        if (!isAllowed.test(address)) {
          throw inside(new InsideAddressException());
        }
      }
    } catch (UnknownHostException e) {
      throw new IssuerException(uri + " has no address", e);
    }
  }

  /** The bytes of the answer, which must be a 200. */
  byte[] send() throws IssuerException, IOException {
    HttpURLConnection connection = open();
    opened = Optional.of(connection);
    try {
      int status = connection.getResponseCode();
      if (connection instanceof HttpsURLConnection && !sockets.isConnected()) {
        throw new InsideAddressException();
      }
      if (status != 200) {
        throw new IssuerException("%s answers %d".formatted(uri, status));
      }
      return body(connection);
    } catch (InsideAddressException e) {
      throw inside(e);
    }
  }

  private IssuerException inside(InsideAddressException e) {
    return new IssuerException(uri + " is at " + e.getMessage(), e);
  }

  private HttpURLConnection open() throws IOException {
    var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(sockets);
    }
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setRequestProperty("Accept", "application/json");
    connection.setRequestProperty("Connection", "close");
    return connection;
  }

  private byte[] body(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }

  /** Ends it, whether it is done or not. */
  void abort() {
    sockets.abort();
    // It may wait for the lock of a read.
    opened.ifPresent(connection -> Thread.ofVirtual().start(connection::disconnect));
  }
}
