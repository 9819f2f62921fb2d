package io.narthex.index;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.aws.log.JsonLog;
import io.narthex.aws.log.Metric;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexCheck.Drift;
import io.narthex.cache.index.Slice;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One line of JSON for each step; the one that ends a check says how much differs, as a metric. */
final class TaskLog {
  /** So many of the paths that differ are named. */
  private static final int NAMED = 100;

  private final JsonLog log;

  TaskLog(JsonLog log) {
    this.log = requireNonNull(log, "log is null");
  }

  void done(IndexTask task, IndexTasks.Done done, long elapsedMs, String requestId) {
    log.line(
        measured(task),
        json -> {
          json.writeStringField("task", name(task));
          write(json, task);
          write(json, done.answer());
          write(json, done.drift());
          json.writeNumberField("elapsedMs", elapsedMs);
          json.writeStringField("requestId", requestId);
        });
  }

  private static Map<Metric, Double> measured(IndexTask task) {
    return task instanceof IndexTask.Report(var _, var drift)
        ? Map.of(Metric.INDEX_DRIFT, (double) drift)
        : Map.of();
  }

  private static String name(IndexTask task) {
    return switch (task) {
      case IndexTask.Begin _ -> "begin";
      case IndexTask.Build _ -> "build";
      case IndexTask.Sort _ -> "sort";
      case IndexTask.Finish _ -> "finish";
      case IndexTask.Expire _ -> "expire";
      case IndexTask.Survey _ -> "survey";
      case IndexTask.Check _ -> "check";
      case IndexTask.Report _ -> "report";
    };
  }

  private static void write(JsonGenerator json, IndexTask task) throws IOException {
    switch (task) {
      case IndexTask.Build(var generation, var piece) -> write(json, generation, "piece", piece);
      case IndexTask.Sort(var generation, var partition) ->
          write(json, generation, "partition", partition);
      case IndexTask.Check(var generation, var piece, var _) ->
          write(json, generation, "piece", piece);
      case IndexTask.Finish(var generation) ->
          json.writeNumberField("generation", generation.number());
      case IndexTask.Begin _, IndexTask.Expire _, IndexTask.Survey _, IndexTask.Report _ -> {}
    }
  }

  private static void write(JsonGenerator json, Generation generation, String name, Slice slice)
      throws IOException {
    json.writeNumberField("generation", generation.number());
    json.writeNumberField(name, slice.number());
  }

  private static void write(JsonGenerator json, TaskAnswer answer) throws IOException {
    switch (answer) {
      case TaskAnswer.Begun(var generation, var pieces, var _) -> {
        json.writeNumberField("generation", generation.number());
        json.writeNumberField("pieces", pieces.size());
      }
      case TaskAnswer.Built(var paths) -> json.writeNumberField("paths", paths);
      case TaskAnswer.Finished(var _, var paths) -> json.writeNumberField("paths", paths);
      case TaskAnswer.Expired(var objects) -> json.writeNumberField("removed", objects);
      case TaskAnswer.Surveyed(var generation, var pieces, var _) -> {
        writeNumber(json, generation);
        json.writeNumberField("pieces", pieces.size());
      }
      case TaskAnswer.Checked(var paths, var drift) -> {
        json.writeNumberField("paths", paths);
        json.writeNumberField("drift", drift);
      }
    }
  }

  private static void writeNumber(JsonGenerator json, Optional<Generation> generation)
      throws IOException {
    if (generation.isPresent()) {
      json.writeNumberField("generation", generation.get().number());
    }
  }

  private static void write(JsonGenerator json, Map<StorePathHash, Drift> drift)
      throws IOException {
    if (drift.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("differs");
    for (var one : new TreeMap<>(drift).entrySet().stream().limit(NAMED).toList()) {
      json.writeStringField(one.getKey().toString(), one.getValue().name());
    }
    json.writeEndObject();
  }
}
