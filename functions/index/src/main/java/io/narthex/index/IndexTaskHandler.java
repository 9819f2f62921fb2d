package io.narthex.index;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.log.JsonLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;

/**
 * The function behind the state machines of the index: does one step of a rebuild or of a check.
 * What fails is thrown: a state machine tries the step again.
 */
public final class IndexTaskHandler implements RequestStreamHandler {
  private final IndexTasks tasks;
  private final TaskLog log;

  /** As Lambda makes it: from the environment. */
  public IndexTaskHandler() {
    this(IndexConfig.from(System.getenv()));
  }

  private IndexTaskHandler(IndexConfig config) {
    this(
        IndexTasks.of(config),
        new TaskLog(new JsonLog(System.out::println, config.metrics(), Clock.systemUTC())));
  }

  IndexTaskHandler(IndexTasks tasks, TaskLog log) {
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    IndexTask task = read(event);
    long start = System.nanoTime();
    IndexTasks.Done done = tasks.run(task);
    long elapsedMs = (System.nanoTime() - start) / 1_000_000;
    log.done(task, done, elapsedMs, context.getAwsRequestId());
    TaskAnswerJson.write(answer, done.answer());
  }

  private static IndexTask read(InputStream event) throws IOException {
    try {
      return TaskEvent.parse(event);
    } catch (MalformedEventException e) {
      throw new IOException("not a task of the index: " + e.getMessage(), e);
    }
  }
}
