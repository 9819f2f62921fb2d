package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Messages;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.operate.Revocations;
import io.narthex.cache.store.ObjectStore;
import io.narthex.local.http.LocalAnswer;
import io.narthex.local.http.LocalRequest;
import io.narthex.local.http.LocalRoute;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.PublicKey;
import java.time.Clock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What the command line asks of a running host, under {@code /-/}: {@code GET status}, and for the
 * operator alone {@code POST redrive}, {@code POST revoke} and {@code POST restore}, each with a
 * JSON object that holds the host's operator key as {@code key}; what to revoke or restore is its
 * {@code path}, a hash part, or its {@code publicKey}, and {@code reason} says why.
 */
final class HostRoutes implements LocalRoute {
  /** Where these routes are. */
  static final String PREFIX = "/-/";

  private static final String PATH = "path";
  private static final String PUBLIC_KEY = "publicKey";

  private final OperatorDoor operators;
  private final Supplier<Status> status;
  private final IntSupplier redrive;
  private final Revocations revocations;

  HostRoutes(
      OperatorKey key,
      Supplier<Status> status,
      IntSupplier redrive,
      ObjectStore state,
      Messages messages,
      Clock clock) {
    this.operators = new OperatorDoor(key);
    this.status = requireNonNull(status, "status is null");
    this.redrive = requireNonNull(redrive, "redrive is null");
    this.revocations = new Revocations(state, messages, clock);
  }

  @Override
  public LocalAnswer answer(LocalRequest request) {
    String route = request.method() + " " + request.path();
    if (route.equals("GET /-/status")) {
      return LocalAnswer.json(status.get().json());
    }
    return request.method().equals("POST")
        ? operators.answer(request, json -> answer(route, json))
        : notFound();
  }

  private LocalAnswer answer(String route, JsonDocument json) throws MalformedJsonException {
    return switch (route) {
      case "POST /-/redrive" ->
          LocalAnswer.json("{\"redriven\":%d}\n".formatted(redrive.getAsInt()));
      case "POST /-/revoke" -> revoke(json, json.text("reason"));
      case "POST /-/restore" -> restore(json);
      default -> notFound();
    };
  }

  private LocalAnswer revoke(JsonDocument json, String reason) throws MalformedJsonException {
    return OperatorDoor.changed(
        json.has(PUBLIC_KEY)
            ? revocations.revoke(json.text(PUBLIC_KEY, PublicKey::parse), reason)
            : revocations.revoke(json.text(PATH, StorePathHash::new), reason));
  }

  private LocalAnswer restore(JsonDocument json) throws MalformedJsonException {
    return OperatorDoor.changed(
        json.has(PUBLIC_KEY)
            ? revocations.restore(json.text(PUBLIC_KEY, PublicKey::parse))
            : revocations.restore(json.text(PATH, StorePathHash::new)));
  }

  private static LocalAnswer notFound() {
    return LocalAnswer.text(404, "not found");
  }
}
