package io.narthex.index;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.log.JsonLog;
import io.narthex.aws.sqs.IndexLook;
import io.narthex.aws.sqs.SqsBatch;
import io.narthex.aws.sqs.SqsMessage;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.UnwrittenException;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The function behind the queue of the index: makes it say what is so of the paths named. */
public final class IndexHandler implements RequestStreamHandler {
  private final IndexWiring wiring;
  private final IndexLog log;

  /** As Lambda makes it: from the environment. */
  public IndexHandler() {
    this(IndexConfig.from(System.getenv()));
  }

  private IndexHandler(IndexConfig config) {
    this(
        IndexWiring.of(config),
        new LineLog(new JsonLog(System.out::println, config.metrics(), Clock.systemUTC())));
  }

  /** With parts put together elsewhere, and who hears of it. */
  public IndexHandler(IndexWiring wiring, IndexLog log) {
    this.wiring = requireNonNull(wiring, "wiring is null");
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    SqsBatch.writeFailures(answer, failures(read(event), context.getAwsRequestId()));
  }

  // Any answer to what is no batch would tell SQS that the messages are done.
  private static SqsBatch read(InputStream event) throws IOException {
    try {
      return SqsBatch.parse(event);
    } catch (MalformedEventException e) {
      throw new IOException("no batch of SQS messages", e);
    }
  }

  /** The messages that must come again: those that say nothing, and those of unwritten paths. */
  private List<String> failures(SqsBatch batch, String requestId) {
    var failures = new ArrayList<String>();
    var hashes = new LinkedHashMap<String, StorePathHash>();
    for (SqsMessage message : batch.messages()) {
      try {
        hashes.put(message.messageId(), IndexLook.parse(message.body()).hash());
      } catch (MalformedEventException e) {
        log.failed(e, requestId);
        failures.add(message.messageId());
      }
    }
    Set<StorePathHash> unwritten = unwritten(Set.copyOf(hashes.values()), requestId);
    hashes.entrySet().stream()
        .filter(message -> unwritten.contains(message.getValue()))
        .map(Map.Entry::getKey)
        .forEach(failures::add);
    return failures;
  }

  private Set<StorePathHash> unwritten(Set<StorePathHash> distinct, String requestId) {
    long start = System.nanoTime();
    try {
      IndexUpdate.Updated updated = wiring.update().look(distinct);
      if (updated.isCrowded()) {
        askForADeeperOne(requestId);
      } else if (wiring.isAbsent().getAsBoolean()) {
        wiring.rebuild().run();
      }
      long elapsedMs = (System.nanoTime() - start) / 1_000_000;
      log.updated(distinct.size(), updated.isCrowded(), elapsedMs, requestId);
      return Set.of();
    } catch (UnwrittenException e) {
      log.failed(e, requestId);
      return e.hashes();
    } catch (StoreException e) {
      log.failed(e, requestId);
      return distinct;
    }
  }

  /**
   * All is written, so no message must come again; the next batch of a crowded shard asks again.
   */
  private void askForADeeperOne(String requestId) {
    try {
      wiring.rebuild().run();
    } catch (StoreException e) {
      log.failed(e, requestId);
    }
  }
}
