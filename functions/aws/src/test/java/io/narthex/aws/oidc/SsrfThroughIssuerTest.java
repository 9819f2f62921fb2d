package io.narthex.aws.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of issuers that stand for hosts which only we can reach. */
class SsrfThroughIssuerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String PASSWORD = "password";

  @TempDir private Path directory;

  private static IssuerDoor door(SSLSocketFactory tls, Predicate<InetAddress> isOutside) {
    return new IssuerDoor(LoopbackIssuers.REFUSED, TIMEOUT, tls, isOutside);
  }

  private static SSLSocketFactory anyTls() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::7f00:1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2001:0:a9fe:a9fe::1",
        "2002:a9fe:a9fe::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
      })
  void takesNoAddressOfThisMachineItsLinkOrItsNetworkForOneOutside(String address)
      throws IOException {
    assertThat(OutsideAddress.is(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "140.82.121.3",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.1",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2a00:1450::1",
      })
  void takesAddressesOfTheInternetForOnesOutside(String address) throws IOException {
    assertThat(OutsideAddress.is(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void connectsToNoNameThatStandsForThisMachine() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var uri = URI.create("https://localhost:" + server.getLocalPort() + "/");
      assertThatExceptionOfType(IssuerException.class)
          .isThrownBy(() -> door(anyTls(), OutsideAddress::is).get(uri))
          .withMessageContaining("this machine or its network");
      server.setSoTimeout(1);
      assertThatExceptionOfType(IOException.class).isThrownBy(server::accept);
    }
  }

  @Test
  void sendsNotAByteToANameThatStandsForThisMachineOnlyWhenItIsConnectedTo()
      throws ExecutionException, IOException, InterruptedException, TimeoutException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Integer> sent =
          CompletableFuture.supplyAsync(() -> bytesOfTheFirst(server));
      var uri = URI.create("https://localhost:" + server.getLocalPort() + "/");
      assertThatExceptionOfType(IssuerException.class)
          .isThrownBy(() -> door(anyTls(), outsideAtFirst()).get(uri))
          .withMessageContaining("this machine or its network");
      assertThat(sent.get(10, TimeUnit.SECONDS)).isZero();
    }
  }

  /** As a name looks whose second look-up is another than its first. */
  private static Predicate<InetAddress> outsideAtFirst() {
    try {
      var lookUps = new AtomicInteger(InetAddress.getAllByName("localhost").length);
      return address -> lookUps.getAndDecrement() > 0 || OutsideAddress.is(address);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int bytesOfTheFirst(ServerSocket server) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream()) {
      return in.readAllBytes().length;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void readsFromAnIssuerWhoseConnectionIsToTheOutside()
      throws GeneralSecurityException, IOException, InterruptedException, IssuerException {
    KeyStore keys = keysOfLocalhost();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(serving(keys)));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("said".getBytes(UTF_8));
          }
        });
    server.start();
    try {
      var uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
      SSLSocketFactory tls = trusting(keys).getSocketFactory();
      assertThat(door(tls, _ -> true).get(uri)).isEqualTo("said");
      assertThatExceptionOfType(IssuerException.class)
          .as("whom nobody we know vouches for")
          .isThrownBy(() -> door(anyTls(), _ -> true).get(uri));
      var other = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
      assertThatExceptionOfType(IssuerException.class)
          .as("who has the certificate of another name")
          .isThrownBy(() -> door(tls, _ -> true).get(other));
    } finally {
      server.stop(0);
    }
  }

  private KeyStore keysOfLocalhost()
      throws GeneralSecurityException, IOException, InterruptedException {
    Path file = directory.resolve("localhost.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "localhost",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static SSLContext serving(KeyStore keys) throws GeneralSecurityException {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException {
    var trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    trusted.setCertificateEntry("localhost", keys.getCertificate("localhost"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
