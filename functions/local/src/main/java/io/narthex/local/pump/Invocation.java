package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;

import io.narthex.local.lambda.InvocationContext;
import io.narthex.local.queue.DurableQueue;
import io.narthex.local.queue.MessageId;
import io.narthex.local.queue.ReceiptHandle;
import io.narthex.local.queue.ReceivedMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Hands one batch at a time to a function, and does with the messages what it answers. */
final class Invocation {
  private final DurableQueue queue;
  private final EventSource source;
  private final LambdaFunction function;
  private final TimedHandler handler;
  private final Duration backoff;
  private final Clock clock;

  Invocation(
      DurableQueue queue,
      EventSource source,
      LambdaFunction function,
      Duration backoff,
      Clock clock) {
    this.queue = queue;
    this.source = source;
    this.function = function;
    this.handler = new TimedHandler(function);
    this.backoff = backoff;
    this.clock = clock;
  }

  /** Says what failed. A failing queue is thrown, and leaves the messages in flight. */
  Optional<PumpFailure> run(List<ReceivedMessage> batch) {
    List<MessageId> ids = batch.stream().map(ReceivedMessage::messageId).toList();
    byte[] response;
    try {
      response = call(batch);
    } catch (ExecutionException e) {
      // An Error too: Lambda fails the batch for whatever leaves a handler.
      settle(batch, Set.copyOf(ids));
      return Optional.of(new PumpFailure.HandlerThrew(ids, requireNonNull(e.getCause())));
    } catch (TimeoutException e) {
      settle(batch, Set.copyOf(ids));
      return Optional.of(new PumpFailure.TimedOut(ids, function.timeout()));
    } catch (InterruptedException e) {
      // The pump closes, and has waited long enough.
      settle(batch, Set.copyOf(ids));
      Thread.currentThread().interrupt();
      return Optional.of(new PumpFailure.HandlerThrew(ids, e));
    }
    return switch (BatchResponseParser.parse(response, ids)) {
      case BatchResponse.Invalid(String reason) -> {
        settle(batch, Set.copyOf(ids));
        yield Optional.of(new PumpFailure.InvalidResponse(ids, reason));
      }
      case BatchResponse.Failed(Set<MessageId> failed) -> {
        settle(batch, failed);
        List<MessageId> inOrder = ids.stream().filter(failed::contains).toList();
        yield Optional.of(inOrder)
            .filter(some -> !some.isEmpty())
            .map(PumpFailure.ItemsFailed::new);
      }
    };
  }

  private byte[] call(List<ReceivedMessage> batch)
      throws ExecutionException, TimeoutException, InterruptedException {
    var context =
        new InvocationContext(
            function.identity(source), UUID.randomUUID().toString(), function.logger(), clock);
    return handler.call(SqsEvent.render(batch, source), context);
  }

  /** Deletes first: a process that dies here repeats failures, not successes. */
  private void settle(List<ReceivedMessage> batch, Set<MessageId> failed) {
    List<ReceiptHandle> done =
        batch.stream()
            .filter(message -> !failed.contains(message.messageId()))
            .map(ReceivedMessage::receiptHandle)
            .toList();
    queue.deleteAll(done);
    for (ReceivedMessage message : batch) {
      if (failed.contains(message.messageId())) {
        queue.changeVisibility(message.receiptHandle(), backoff);
      }
    }
  }
}
