package io.narthex.local.lambda;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda tells a handler about one invocation.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-context.html">The context
 *     object</a>
 */
public final class InvocationContext implements Context {
  private final FunctionIdentity function;
  private final String requestId;
  private final LambdaLogger logger;
  private final Clock clock;
  private final Instant deadline;

  /** An invocation that begins now. */
  public InvocationContext(
      FunctionIdentity function, String requestId, LambdaLogger logger, Clock clock) {
    this.function = requireNonNull(function, "function is null");
    this.requestId = requireNonNull(requestId, "requestId is null");
    this.logger = requireNonNull(logger, "logger is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.deadline = clock.instant().plus(function.timeout());
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function.name();
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return function.name();
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return function.arn();
  }

  /** Null, as Lambda gives it to a function that no mobile application called. */
  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  /** Null, as Lambda gives it to a function that no mobile application called. */
  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    long left = Duration.between(clock.instant(), deadline).toMillis();
    return Math.clamp(left, 0, Integer.MAX_VALUE);
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memoryMegabytes();
  }

  @Override
  public LambdaLogger getLogger() {
    return logger;
  }
}
