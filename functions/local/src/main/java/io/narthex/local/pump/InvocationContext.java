package io.narthex.local.pump;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Lambda tells a handler about one invocation. */
final class InvocationContext implements Context {
  private final String requestId = UUID.randomUUID().toString();
  private final LambdaFunction function;
  private final EventSource source;
  private final Clock clock;
  private final Instant deadline;

  InvocationContext(LambdaFunction function, EventSource source, Clock clock) {
    this.function = function;
    this.source = source;
    this.clock = clock;
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
    return "arn:aws:lambda:%s:%s:function:%s"
        .formatted(source.region(), source.account(), function.name());
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
    return function.logger();
  }
}
