package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.local.lambda.FunctionIdentity;
import java.time.Duration;

/**
 * A function as Lambda would run it.
 *
 * @param name e.g. {@code narthex-validate}
 * @param handler called by several threads at once if the pump has several workers
 * @param timeout of one call; a handler that runs past it has failed, and is interrupted
 * @param memoryMegabytes what the context tells the handler
 * @param logger what the context gives the handler
 */
public record LambdaFunction(
    String name,
    RequestStreamHandler handler,
    Duration timeout,
    int memoryMegabytes,
    LambdaLogger logger) {

  /** Refuses a timeout or a memory that is not positive. */
  public LambdaFunction {
    requireNonNull(name, "name");
    requireNonNull(handler, "handler");
    requireNonNull(logger, "logger");
    if (!timeout.isPositive() || memoryMegabytes < 1) {
      throw new IllegalArgumentException(
          "timeout " + timeout + ", memory " + memoryMegabytes + " MB; both must be positive");
    }
  }

  /** As its context names it, where the queue is. */
  FunctionIdentity identity(EventSource source) {
    return new FunctionIdentity(name, source.region(), source.account(), timeout, memoryMegabytes);
  }
}
