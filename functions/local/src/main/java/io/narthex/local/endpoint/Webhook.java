package io.narthex.local.endpoint;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Messages;
import java.net.URI;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Takes the notifications that a store pushes. One is acknowledged when what it asks for is in the
 * queue on disk; until then the store has to send it again.
 */
public final class Webhook implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Webhook.class.getName());
  private static final int CONNECTIONS = 64;
  private static final int PLATFORM_THREADS = 8;
  private static final int STOP_MS = 5_000;

  private final WebhookConfig config;
  private final Server server;
  private final ServerConnector connector;

  private Webhook(WebhookConfig config, Server server, ServerConnector connector) {
    this.config = requireNonNull(config, "config is null");
    this.server = requireNonNull(server, "server is null");
    this.connector = requireNonNull(connector, "connector is null");
  }

  /**
   * Listens.
   *
   * @param bucket whose events are meant; others are acknowledged and forgotten
   * @throws IllegalStateException if the port is taken
   */
  public static Webhook start(WebhookConfig config, String bucket, Messages messages) {
    var server = new Server(threads());
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // A store that has hundreds to tell opens as many connections at once and keeps what it has:
    // those
    // that it is done with would hold up the others.
    http.setPersistentConnectionsEnabled(false);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(config.host());
    connector.setPort(config.port());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
    server.setHandler(new GracefulHandler(new WebhookRequests(config.secret(), bucket, messages)));
    server.setStopTimeout(STOP_MS);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(
          "the webhook does not start on %s:%d".formatted(config.host(), config.port()), e);
    }
    return new Webhook(config, server, connector);
  }

  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("webhook");
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("webhook-"));
    return threads;
  }

  /** Where it listens, e.g. {@code http://127.0.0.1:8090/events}. */
  public URI url() {
    return URI.create(
        "http://%s:%d%s".formatted(config.host(), connector.getLocalPort(), WebhookRequests.PATH));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      // What was not acknowledged is sent again.
      LOG.log(System.Logger.Level.INFO, "notifications broken off");
    } catch (Exception e) {
      throw new IllegalStateException("the webhook does not stop", e);
    }
  }
}
