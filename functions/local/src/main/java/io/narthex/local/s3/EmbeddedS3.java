package io.narthex.local.s3;

import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.store.DataDirectory;
import io.narthex.local.s3.store.ObjectStore;
import io.narthex.local.s3.wire.S3Servlet;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The S3 endpoint of the laptop host: {@code http://127.0.0.1:PORT/BUCKET/KEY} and {@code
 * http://BUCKET.localhost:PORT/KEY}, over a directory of plain files. Signatures, policies,
 * versions, tags and conditional writes are those of S3 as far as {@code docs/embedded-s3.md} says.
 */
public final class EmbeddedS3 implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedS3.class.getName());
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration SWEEP = Duration.ofHours(1);

  /** Bytes; tags in a header can be 10 times 384 characters, percent-encoded. */
  private static final int MAX_HEADERS = 48 * 1024;

  /** Held, for a logger that nobody holds forgets its level. */
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("org.eclipse.jetty"), Logger.getLogger("org.gaul.s3proxy"));

  private final ObjectStore store;
  private final Server server;
  private final ServerConnector connector;
  private final ScheduledExecutorService sweeper;

  private EmbeddedS3(
      ObjectStore store,
      Server server,
      ServerConnector connector,
      ScheduledExecutorService sweeper) {
    this.store = store;
    this.server = server;
    this.connector = connector;
    this.sweeper = sweeper;
  }

  /**
   * Completes what an earlier process left half-done, giving its events, and then serves.
   *
   * @throws IllegalStateException if the data directory cannot be used: no user extended
   *     attributes, or another process has it
   * @throws IllegalStateException if the port is taken
   */
  public static EmbeddedS3 start(EmbeddedS3Config config) {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    DataDirectory data = DataDirectory.open(config.dataDirectory());
    boolean started = false;
    try {
      ObjectStore store = ObjectStore.open(data, config.events(), config.clock());
      Server server = new Server();
      ServerConnector connector = connector(server, config.port());
      server.setHandler(
          servlets(
              new S3Servlet(
                  store,
                  config.names(),
                  config.users(),
                  config.account().digits(),
                  config.clock())));
      serve(server, config.port());
      ScheduledExecutorService sweeper =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("s3-sweeper").factory());
      var _ =
          sweeper.scheduleWithFixedDelay(
              () -> sweep(store, config.uploadsKept()), 0, SWEEP.toSeconds(), TimeUnit.SECONDS);
      started = true;
      return new EmbeddedS3(store, server, connector, sweeper);
    } finally {
      if (!started) {
        data.close();
      }
    }
  }

  /** A sweep that fails is tried again with the next: nothing depends on it. */
  private static void sweep(ObjectStore store, Duration kept) {
    try {
      store.sweepUploads(kept);
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, "Abandoned uploads could not be removed", e);
    }
  }

  private static ServerConnector connector(Server server, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADERS);
    http.setResponseHeaderSize(MAX_HEADERS);
    http.setUriCompliance(UriCompliance.UNSAFE);
    // Signatures are over header values as they were sent, and the cache gives out its own
    // spelling.
    http.setHeaderCacheCaseSensitive(true);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    server.addConnector(connector);
    return connector;
  }

  private static ServletContextHandler servlets(S3Servlet servlet) {
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addServlet(new ServletHolder(servlet), "/*");
    return context;
  }

  private static void serve(Server server, int port) {
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the S3 endpoint does not start on port " + port, e);
    }
  }

  /** Where clients find it, e.g. {@code http://127.0.0.1:9000}. */
  public URI endpoint() {
    return URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
  }

  /** Creates a bucket unless it is there; switches its versioning on if asked for, never off. */
  public void createBucket(String name, boolean versioned) {
    store.ensureBucket(name, versioned);
  }

  /**
   * Sets the policy of a bucket, as PutBucketPolicy does.
   *
   * @throws S3Refusal if S3 would refuse it, or Block Public Access does
   */
  public void putBucketPolicy(String bucket, String json) {
    store.buckets().putPolicy(bucket, json);
  }

  /** The policy of a bucket as it was put; empty where it has none. */
  public Optional<String> bucketPolicy(String bucket) {
    return store.buckets().rules(bucket).policy().text();
  }

  /** Whether Block Public Access keeps strangers from the bucket while its policy is public. */
  public boolean restrictsPublicBuckets(String bucket) {
    return store.buckets().rules(bucket).block().restrictPublicBuckets();
  }

  /** Ends requests that are being answered, and gives the data directory free. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The embedded S3 endpoint does not stop", e);
    } finally {
      store.close();
    }
  }
}
