package io.narthex.local.http;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The door for readers on a laptop: takes HTTP on 127.0.0.1, calls a function as an API Gateway
 * HTTP API does (payload format 2.0, route {@code $default}), and sends what it answers.
 *
 * <p>Its limits are those of an HTTP API: 10 MB of body (413), 10,240 bytes of request line and
 * headers (431), 6 MB of answer (500). Only so many calls run at once; more wait, and more still
 * are answered with 503. A call that takes longer than its time is not broken off.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Lambda
 *     proxy integrations for HTTP APIs</a>
 */
public final class HttpFront implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());
  private static final String LOOPBACK = "127.0.0.1";

  /** Request line and headers, in bytes. */
  private static final int HEADERS = 10_240;

  private static final int CONNECTIONS = 1024;
  private static final int PLATFORM_THREADS = 8;

  private final Server server;
  private final ServerConnector connector;

  private HttpFront(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Listens.
   *
   * @param routes of this host by prefix, e.g. {@code /-/}, which begins and ends with a slash; the
   *     longest prefix wins, and what has none goes to the handler
   * @throws IllegalStateException if the port is taken
   */
  public static HttpFront start(
      HttpFrontConfig config, RequestStreamHandler handler, Map<String, LocalRoute> routes) {
    var server = new Server(threads());
    ServerConnector connector = connector(server, config.port());
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
    var function = new Function(handler, config);
    server.setHandler(
        new GracefulHandler(new FrontDoor(function, new LocalRoutes(routes), config)));
    server.setErrorHandler(new ErrorAnswers());
    server.setStopTimeout(config.grace().toMillis());
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the cache URL does not start on port " + config.port(), e);
    }
    return new HttpFront(server, connector);
  }

  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("http-front");
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-call-"));
    return threads;
  }

  private static ServerConnector connector(Server server, int port) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADERS);
    // Every path goes to the function as it was sent; it decides what is one.
    http.setUriCompliance(UriCompliance.UNSAFE);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    server.addConnector(connector);
    return connector;
  }

  /** Where clients find it, e.g. {@code http://127.0.0.1:8080}. */
  public URI url() {
    return URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
  }

  /** Takes no more requests, and ends when those it has are answered or the grace is over. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      // The grace is over. Jetty has closed the connections of what was left.
      LOG.log(System.Logger.Level.INFO, "requests broken off");
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP front does not stop", e);
    }
  }
}
