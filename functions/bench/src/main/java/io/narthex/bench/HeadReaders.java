package io.narthex.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks by HEAD over as many connections as Nix has by default, each of which is kept and has one
 * request at a time. There is less to it than to any real client, so that what is measured is the
 * server.
 *
 * @see <a
 *     href="https://nix.dev/manual/nix/latest/command-ref/conf-file#conf-http-connections">http-connections</a>
 */
final class HeadReaders {
  static final int CONNECTIONS = 25;

  private HeadReaders() {}

  /** Asks for each of these paths below a URL, and says which were answered with 404. */
  static Set<String> absent(URI base, List<String> paths) throws IOException, InterruptedException {
    Set<String> absent = ConcurrentHashMap.newKeySet();
    var next = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      var pending = new ArrayList<Future<?>>();
      for (int i = 0; i < CONNECTIONS; i++) {
        pending.add(threads.submit(() -> ask(base, paths, next, absent)));
      }
      for (Future<?> future : pending) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
    return absent;
  }

  private static Void ask(URI base, List<String> paths, AtomicInteger next, Set<String> absent)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      for (int i = next.getAndIncrement(); i < paths.size(); i = next.getAndIncrement()) {
        String request = "HEAD /%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".formatted(paths.get(i));
        out.write(request.getBytes(US_ASCII));
        if (isAbsent(in)) {
          absent.add(paths.get(i));
        }
      }
    }
    return null;
  }

  private static boolean isAbsent(BufferedReader in) throws IOException {
    String status = in.readLine();
    String header = in.readLine();
    while (header != null && !header.isEmpty()) {
      header = in.readLine();
    }
    return switch (String.valueOf(status)) {
      case "HTTP/1.1 200 OK" -> false;
      case "HTTP/1.1 404 Not Found" -> true;
      default -> throw new IOException("answered " + status);
    };
  }
}
