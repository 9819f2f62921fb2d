package io.narthex.local.cli.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.ManifestJson;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.local.cli.RunningHost;
import io.narthex.local.index.Task;
import io.narthex.local.index.TaskState;
import io.narthex.local.index.TaskStateJson;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The index of a host that runs, which does the work itself. */
final class HostIndex implements WorkedIndex {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final RunningHost host;

  HostIndex(RunningHost host) {
    this.host = requireNonNull(host, "host is null");
  }

  @Override
  public IndexStanding standing() {
    return read(
        host.ask("/-/index/show", JsonDocument.object()),
        json ->
            new IndexStanding(
                json.object("manifest", ManifestJson::read), json.number("inFlight")));
  }

  @Override
  public Supplier<TaskState> begin(Task task) {
    long number =
        read(
            host.ask("/-/index/begin", JsonDocument.object().put("task", task.name())),
            json -> json.number("number"));
    return () ->
        read(
            host.ask("/-/index/task", JsonDocument.object().put("number", number)),
            TaskStateJson::read);
  }

  @Override
  public OptionalLong abandon() {
    return read(
        host.ask("/-/index/abandon", JsonDocument.object()),
        json ->
            json.has("generation")
                ? OptionalLong.of(json.number("generation"))
                : OptionalLong.empty());
  }

  private static <T> T read(JsonDocument json, JsonDocument.ObjectReader<T> reader) {
    try {
      return reader.read(json);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the host answers something else", e);
    }
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }

  @Override
  public void close() {}
}
