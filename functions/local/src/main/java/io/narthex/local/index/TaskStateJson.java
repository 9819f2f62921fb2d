package io.narthex.local.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.index.IndexCheck.Drift;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.nix.path.StorePathHash;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The same as JSON: {@code {"state": "running", "step": "paths", "done": 3, "total": 7}}, {@code
 * {"state": "rebuilt", "generation": 3, "paths": 7}}, {@code {"state": "checked", "paths": 7,
 * "drift": {"gone": 1}, "found": [{"hash": …, "drift": "gone"}], "repaired": 0}}, {@code {"state":
 * "failed", "reason": …}}.
 */
public final class TaskStateJson {
  private TaskStateJson() {}

  /** Writes one. */
  public static ObjectNode write(TaskState state) {
    ObjectNode json = JsonDocument.object();
    return switch (state) {
      case TaskState.Running(var step, var done, var total) ->
          json.put("state", "running").put("step", step).put("done", done).put("total", total);
      case TaskState.Rebuilt(var generation, var paths) ->
          json.put("state", "rebuilt").put("generation", generation).put("paths", paths);
      case TaskState.Checked checked -> write(json.put("state", "checked"), checked);
      case TaskState.Failed(var reason) -> json.put("state", "failed").put("reason", reason);
    };
  }

  private static ObjectNode write(ObjectNode json, TaskState.Checked checked) {
    json.put("paths", checked.paths());
    ObjectNode drift = json.putObject("drift");
    checked.drift().forEach((kind, count) -> drift.put(name(kind), count));
    ArrayNode found = json.putArray("found");
    checked
        .found()
        .forEach(
            (hash, kind) ->
                found.addObject().put("hash", hash.toString()).put("drift", name(kind)));
    return json.put("repaired", checked.repaired());
  }

  /** Reads one. */
  public static TaskState read(JsonDocument json) throws MalformedJsonException {
    return switch (json.text("state")) {
      case "running" ->
          new TaskState.Running(json.text("step"), json.number("done"), json.number("total"));
      case "rebuilt" ->
          new TaskState.Rebuilt(Math.toIntExact(json.number("generation")), json.number("paths"));
      case "checked" -> checked(json);
      case "failed" -> new TaskState.Failed(json.text("reason"));
      default -> throw new MalformedJsonException("state: " + json.text("state"));
    };
  }

  private static TaskState checked(JsonDocument json) throws MalformedJsonException {
    var found = new TreeMap<StorePathHash, Drift>();
    json.objects(
            "found",
            one ->
                Map.entry(
                    one.text("hash", StorePathHash::new), one.text("drift", TaskStateJson::drift)))
        .forEach(one -> found.put(one.getKey(), one.getValue()));
    return new TaskState.Checked(
        json.number("paths"),
        json.object("drift", TaskStateJson::counts),
        found,
        json.number("repaired"));
  }

  private static Map<Drift, Long> counts(JsonDocument json) throws MalformedJsonException {
    var counts = new EnumMap<Drift, Long>(Drift.class);
    for (String name : json.fields()) {
      counts.put(drift(name), json.number(name));
    }
    return counts;
  }

  /** A kind of drift in lower case. */
  public static String name(Drift drift) {
    return drift.name().toLowerCase(Locale.ROOT);
  }

  private static Drift drift(String name) {
    return Drift.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
