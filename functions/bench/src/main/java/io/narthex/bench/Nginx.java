package io.narthex.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An nginx of its own on a free loopback port, serving files. */
final class Nginx implements AutoCloseable {
  private final Scratch scratch;
  private final Process process;
  private final int port;

  private Nginx(Scratch scratch, Process process, int port) {
    this.scratch = scratch;
    this.process = process;
    this.port = port;
  }

  /** Writes the files that are to be served into a directory. */
  @FunctionalInterface
  interface Site {
    void write(Path root) throws IOException;
  }

  /** Starts it with one file. */
  static Nginx serve(String name, byte[] contents) throws IOException, InterruptedException {
    return serve(root -> Files.write(root.resolve(name), contents));
  }

  /** Starts it; as root, Debian's package is installed first if there is none. */
  static Nginx serve(Site site) throws IOException, InterruptedException {
    install();
    int port = freePort();
    Scratch scratch = Scratch.create();
    Path directory = scratch.directory();
    Path root = Files.createDirectory(directory.resolve("root"));
    site.write(root);
    Path file = directory.resolve("nginx.conf");
    Files.writeString(file, configuration(root, directory, port));
    Process process =
        new ProcessBuilder("nginx", "-p", directory.toString(), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.out").toFile())
            .start();
    var nginx = new Nginx(scratch, process, port);
    Runtime.getRuntime().addShutdownHook(new Thread(nginx::close, "stop nginx"));
    nginx.awaitReady(directory.resolve("nginx.out"));
    return nginx;
  }

  long pid() {
    return process.pid();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    for (int i = 0; i < 100 && process.isAlive(); i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    String said = Files.readString(log);
    close();
    throw new IOException("nginx did not start: " + said);
  }

  private static String configuration(Path root, Path scratch, int port) {
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    return """
        daemon off;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        %4$s
        events { worker_connections 256; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          keepalive_requests 1000000;
          default_type text/x-nix-narinfo;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          server { listen 127.0.0.1:%2$d; root %3$s; }
        }
        """
        .formatted(scratch, port, root, user);
  }

  private static void install() throws IOException, InterruptedException {
    if (!Shell.has("nginx")) {
      Bench.progress("installing nginx-light");
      Shell.output(
          "bash",
          "-c",
          "export DEBIAN_FRONTEND=noninteractive; apt-get update -q"
              + " && apt-get install -y -q --no-install-recommends nginx-light");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Also runs when the bench is interrupted. */
  @Override
  public void close() {
    process.destroy();
    try (scratch) {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
