package io.narthex.local.pump;

import io.narthex.local.lambda.InvocationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls a function and waits no longer than its timeout, as Lambda does. Lambda then ends the
 * environment; here the handler's thread is interrupted and what it still does is nobody's: its
 * messages come again, and it may meet them.
 */
final class TimedHandler {
  private final LambdaFunction function;

  TimedHandler(LambdaFunction function) {
    this.function = function;
  }

  /**
   * What the handler answered.
   *
   * @throws ExecutionException with whatever left the handler as its cause
   * @throws TimeoutException if the handler did not end in time
   * @throws InterruptedException if the caller was interrupted, and the handler with it
   */
  byte[] call(byte[] event, InvocationContext context)
      throws ExecutionException, TimeoutException, InterruptedException {
    var answer = new ByteArrayOutputStream();
    var task =
        new FutureTask<byte[]>(
            () -> {
              function.handler().handleRequest(new ByteArrayInputStream(event), answer, context);
              return answer.toByteArray();
            });
    Thread.ofPlatform().daemon().name(Thread.currentThread().getName() + "-call").start(task);
    try {
      return task.get(function.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      task.cancel(true);
    }
  }
}
