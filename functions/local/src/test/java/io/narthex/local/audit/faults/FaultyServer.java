package io.narthex.local.audit.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves objects on a port of loopback: at {@code /key}, and at {@code /bucket/key} with listings
 * as S3 does, path-style. A plan spoils its answers. One request a connection.
 */
public final class FaultyServer implements AutoCloseable {
  /** The name of the bucket. */
  public static final String BUCKET = "example-nix-cache";

  /** The key by which the plan is asked about listings. */
  static final String LISTING = "?list";

  private static final int PAGE = 300;

  private final ServerSocket server;
  private final NavigableMap<String, byte[]> objects;
  private final FaultPlan plan;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Serves these objects, which are not copied, until it is closed. */
  public FaultyServer(NavigableMap<String, byte[]> objects, FaultPlan plan) {
    this.objects = requireNonNull(objects, "objects is null");
    this.plan = requireNonNull(plan, "plan is null");
    try {
      this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Where it is, with a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  /** How often an object was asked for. */
  public int count(String key) {
    return counts.getOrDefault(key, 0);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // Closed.
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      answer(socket);
    } catch (SocketException e) {
      // The client has had enough.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.remove(socket);
    }
  }

  private void answer(Socket socket) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    String line = reader.readLine();
    while (line != null && !Optional.ofNullable(reader.readLine()).orElse("").isEmpty()) {
      // A header that changes nothing.
    }
    if (line == null) {
      return;
    }
    String[] words = line.split(" ", 3);
    Request request = Request.of(words[1]);
    Answer answer = answer(request);
    int count = counts.merge(request.key(), 1, Integer::sum) - 1;
    var sent = new SpoiltAnswer(socket, answer, !words[0].equals("HEAD"));
    Optional<Fault> fault = plan.at(request.key(), count);
    if (fault.isPresent() && answer.isFound()) {
      sent.send(fault.get());
    } else {
      sent.whole(answer);
    }
  }

  /**
   * What is asked for.
   *
   * @param key of an object, or {@link #LISTING}
   */
  private record Request(String key, Map<String, String> query) {
    static Request of(String target) {
      int question = target.indexOf('?');
      String path = question < 0 ? target : target.substring(0, question);
      Map<String, String> query = query(question < 0 ? "" : target.substring(question + 1));
      String key = URLDecoder.decode(path.substring(1).replace("+", "%2B"), UTF_8);
      if (query.containsKey("list-type")) {
        return new Request(LISTING, query);
      }
      return new Request(
          key.startsWith(BUCKET + "/") ? key.substring(BUCKET.length() + 1) : key, query);
    }

    private static Map<String, String> query(String text) {
      var query = new TreeMap<String, String>();
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(
            equals < 0 ? pair : pair.substring(0, equals),
            equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
      return query;
    }
  }

  private Answer answer(Request request) {
    if (request.key().equals(LISTING)) {
      return listing(request.query());
    }
    return Optional.ofNullable(objects.get(request.key()))
        .map(Answer::found)
        .orElseGet(Answer::absent);
  }

  private Answer listing(Map<String, String> query) {
    String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
    String prefix = query.getOrDefault("prefix", "");
    var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult>");
    int count = 0;
    String last = "";
    boolean more = false;
    for (Map.Entry<String, byte[]> object : objects.tailMap(after, false).entrySet()) {
      if (object.getKey().startsWith(prefix)) {
        more = count == PAGE;
        if (more) {
          break;
        }
        count++;
        last = object.getKey();
        xml.append("<Contents><Key>").append(last).append("</Key><Size>");
        xml.append(object.getValue().length).append("</Size><ETag>\"x\"</ETag>");
        xml.append("<LastModified>2026-11-29T05:00:00.000Z</LastModified></Contents>");
      }
    }
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      xml.append("<NextContinuationToken>").append(last).append("</NextContinuationToken>");
    }
    return Answer.found(xml.append("</ListBucketResult>").toString().getBytes(UTF_8));
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
