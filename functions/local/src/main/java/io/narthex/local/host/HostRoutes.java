package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Messages;
import io.narthex.cache.operate.Revocations;
import io.narthex.cache.store.ObjectStore;
import io.narthex.local.http.LocalAnswer;
import io.narthex.local.http.LocalRequest;
import io.narthex.local.http.LocalRoute;
import io.narthex.local.queue.DurableQueue;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.PublicKey;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the command line asks of a running host, under {@code /-/}: {@code GET status}, {@code POST
 * redrive}, {@code POST revoke} and {@code POST restore} with {@code path} or {@code key}, and
 * {@code reason}, as a query.
 */
final class HostRoutes implements LocalRoute {
  /** Where these routes are. */
  static final String PREFIX = "/-/";

  private final Supplier<Status> status;
  private final DurableQueue queue;
  private final Revocations revocations;

  HostRoutes(
      Supplier<Status> status,
      DurableQueue queue,
      ObjectStore state,
      Messages messages,
      Clock clock) {
    this.status = requireNonNull(status, "status is null");
    this.queue = requireNonNull(queue, "queue is null");
    this.revocations = new Revocations(state, messages, clock);
  }

  @Override
  public LocalAnswer answer(LocalRequest request) {
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /-/status" -> json(status.get().json());
        case "POST /-/redrive" -> json("{\"redriven\":%d}\n".formatted(queue.redrive()));
        case "POST /-/revoke" -> revoke(parameters(request.query()));
        case "POST /-/restore" -> restore(parameters(request.query()));
        default -> new LocalAnswer(404, "text/plain", "not found\n");
      };
    } catch (IllegalArgumentException e) {
      return new LocalAnswer(400, "text/plain", e.getMessage() + "\n");
    }
  }

  private LocalAnswer revoke(Map<String, String> parameters) {
    String reason = parameters.getOrDefault("reason", "");
    return changed(
        parameters.containsKey("key")
            ? revocations.revoke(key(parameters), reason)
            : revocations.revoke(path(parameters), reason));
  }

  private LocalAnswer restore(Map<String, String> parameters) {
    return changed(
        parameters.containsKey("key")
            ? revocations.restore(key(parameters))
            : revocations.restore(path(parameters)));
  }

  private static PublicKey key(Map<String, String> parameters) {
    return PublicKey.parse(parameters.getOrDefault("key", ""));
  }

  private static StorePathHash path(Map<String, String> parameters) {
    return new StorePathHash(parameters.getOrDefault("path", ""));
  }

  private static LocalAnswer changed(boolean changed) {
    return json("{\"changed\":%s}\n".formatted(changed));
  }

  private static LocalAnswer json(String body) {
    return new LocalAnswer(200, "application/json", body);
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }
}
