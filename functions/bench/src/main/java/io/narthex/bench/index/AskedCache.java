package io.narthex.bench.index;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.local.http.HostNames;
import io.narthex.local.http.HttpFront;
import io.narthex.local.http.HttpFrontConfig;
import io.narthex.nix.path.StorePathHash;
import io.narthex.serve.RequestLog;
import io.narthex.serve.ServeHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A synthetic cache with its index on disk, and the serving function before it at a door. */
public final class AskedCache implements AutoCloseable {
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private final SyntheticPaths paths;
  private final DirectoryStore state;
  private final Asked asked;
  private final byte[] question;
  private final HttpFront front;
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile ServeHandler function;

  private AskedCache(SyntheticPaths paths, DirectoryStore state, Asked asked) {
    this.paths = paths;
    this.state = state;
    this.asked = asked;
    this.question = AskedIndex.question(asked.all());
    this.function = function(state);
    JETTY.setLevel(Level.WARNING);
    this.front =
        HttpFront.start(
            HttpFrontConfig.onPort(0, HostNames.LOOPBACK, "serve"),
            (event, reply, context) -> function.handleRequest(event, reply, context),
            Map.of());
  }

  /** One of that many paths in a directory, that is going to be asked for so many hashes. */
  public static AskedCache of(Path directory, long entries, int asked) throws IOException {
    var paths = new SyntheticPaths(entries);
    var state = new DirectoryStore(Files.createDirectory(directory.resolve("state")));
    var retries = new Retries(_ -> {}, bound -> bound / 2);
    var _ =
        new Rebuild(new SyntheticCache(paths), state, retries, Clock.systemUTC())
            .run((done, pieces, ofPieces) -> {});
    return new AskedCache(paths, state, Asked.of(paths, asked, new Random(1)));
  }

  /** One that remembers nothing yet. */
  private static ServeHandler function(DirectoryStore state) {
    return new ServeHandler(
        _ -> AskedIndex.parts(state),
        new RequestLog(new JsonLog(_ -> {}, Optional.empty(), Clock.systemUTC())));
  }

  /** What it is asked for. */
  public List<StorePathHash> asked() {
    return asked.all();
  }

  /** Writes the narinfo of each path into a directory. */
  public void writeNarInfos(Path directory) throws IOException {
    for (long number = 0; number < paths.count(); number++) {
      Files.write(directory.resolve(paths.hash(number) + ".narinfo"), paths.narInfo(number));
    }
  }

  /** Asks the function by HTTP which hashes are absent; the answer is to be checked. */
  public Set<String> absent() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(front.url() + AskedIndex.MISSING))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(question))
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("answered " + answer.statusCode());
    }
    return Set.copyOf(AskedIndex.absentIn(answer.body()));
  }

  /** Fails where an answer is wrong but for the false positives that a set may have. */
  public void requireRight(Set<String> absent) {
    asked.requireAnswered(absent);
  }

  /** The same of a function that has read nothing of the index yet. */
  public Set<String> absentAfterForgetting() throws IOException, InterruptedException {
    function = function(state);
    return absent();
  }

  @Override
  public void close() {
    front.close();
    client.close();
  }
}
