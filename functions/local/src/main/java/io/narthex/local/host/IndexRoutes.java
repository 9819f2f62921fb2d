package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.index.Manifest;
import io.narthex.cache.index.ManifestJson;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.store.StoreException;
import io.narthex.local.http.LocalAnswer;
import io.narthex.local.http.LocalRequest;
import io.narthex.local.http.LocalRoute;
import io.narthex.local.index.Task;
import io.narthex.local.index.TaskStateJson;
import io.narthex.local.index.Tasks;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The host's own routes about the index, for its operator alone, each with the operator's {@code
 * key}: {@code POST /-/index/show} answers the manifest and how many messages are in flight, {@code
 * POST /-/index/begin} with a {@code task} answers its number, {@code POST /-/index/task} with a
 * {@code number} says how it is getting on, {@code POST /-/index/abandon} gives up the rebuild that
 * was begun and answers its {@code generation}, if there is one.
 */
final class IndexRoutes implements LocalRoute {
  /** Where they are. */
  static final String PREFIX = "/-/index/";

  private final OperatorDoor door;
  private final Supplier<Manifest> manifest;
  private final IntSupplier inFlight;
  private final Tasks tasks;

  IndexRoutes(OperatorKey key, Supplier<Manifest> manifest, IntSupplier inFlight, Tasks tasks) {
    this.door = new OperatorDoor(key);
    this.manifest = requireNonNull(manifest, "manifest is null");
    this.inFlight = requireNonNull(inFlight, "inFlight is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
  }

  @Override
  public LocalAnswer answer(LocalRequest request) {
    String route = request.method() + " " + request.path();
    try {
      return door.answer(request, json -> answer(route, json));
    } catch (StoreException e) {
      return LocalAnswer.text(502, String.valueOf(e.getMessage()));
    }
  }

  private LocalAnswer answer(String route, JsonDocument json) throws MalformedJsonException {
    return switch (route) {
      case "POST /-/index/show" -> show();
      case "POST /-/index/begin" ->
          json(JsonDocument.object().put("number", tasks.begin(json.text("task", Task::valueOf))));
      case "POST /-/index/task" ->
          tasks
              .state(json.number("number"))
              .map(state -> json(TaskStateJson.write(state)))
              .orElseGet(() -> LocalAnswer.text(404, "there is no such task"));
      case "POST /-/index/abandon" -> abandon();
      default -> LocalAnswer.text(404, "not found");
    };
  }

  private LocalAnswer abandon() {
    ObjectNode json = JsonDocument.object();
    tasks.abandon().ifPresent(generation -> json.put("generation", generation.number()));
    return json(json);
  }

  private LocalAnswer show() {
    ObjectNode json = JsonDocument.object().put("inFlight", inFlight.getAsInt());
    json.set("manifest", ManifestJson.object(manifest.get()));
    return json(json);
  }

  private static LocalAnswer json(ObjectNode json) {
    return LocalAnswer.json(new String(JsonDocument.write(json), StandardCharsets.UTF_8));
  }
}
