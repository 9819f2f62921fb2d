package io.narthex.aws.oidc;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/**
 * Puts TLS over the connection of one request, after a look at the address that it really goes to:
 * not a byte is sent to another. A name that is looked up twice may stand for two addresses.
 */
final class OutsideSockets extends SSLSocketFactory {
  private final SSLSocketFactory tls;
  private final Predicate<InetAddress> isOutside;
  private volatile Optional<Socket> connected = Optional.empty();

  OutsideSockets(SSLSocketFactory tls, Predicate<InetAddress> isOutside) {
    this.tls = requireNonNull(tls, "tls is null");
    this.isOutside = requireNonNull(isOutside, "isOutside is null");
  }

  /** Whether a connection was looked at, and is to an address of the outside. */
  boolean isConnected() {
    return connected.isPresent();
  }

  /** Ends the connection, wherever it is. */
  void abort() {
    connected.ifPresent(OutsideSockets::close);
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    if (!isOutside.test(socket.getInetAddress())) {
      close(socket);
      throw new InsideAddressException();
    }
    connected = Optional.of(socket);
    return tls.createSocket(socket, host, port, autoClose);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }

  // Not overridden is createSocket(), so that java.net connects first and comes to us with that.

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new InsideAddressException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new InsideAddressException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw new InsideAddressException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new InsideAddressException();
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  /** The connection is not one to the outside, or was not looked at. */
  static final class InsideAddressException extends IOException {
    InsideAddressException() {
      super("an address of this machine or its network");
    }
  }
}
