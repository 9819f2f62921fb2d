package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a handler learns about its call here. Its logger writes to standard output, as in Lambda.
 */
public final class LocalContext implements Context {
  private static final int MEMORY_MB = 1024;
  private static final LambdaLogger STANDARD_OUTPUT = new StandardOutput();

  private final String functionName;
  private final String requestId;
  private final long deadline;

  /** A call that began now. */
  public LocalContext(String functionName, String requestId, Duration timeout) {
    this.functionName = functionName;
    this.requestId = requestId;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + functionName;
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return functionName;
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:" + functionName;
  }

  /** Null, as in Lambda for a call by an HTTP API. */
  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  /** Null, as in Lambda for a call by an HTTP API. */
  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return Math.toIntExact(Math.max(0, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
  }

  @Override
  public int getMemoryLimitInMB() {
    return MEMORY_MB;
  }

  @Override
  public LambdaLogger getLogger() {
    return STANDARD_OUTPUT;
  }

  private static final class StandardOutput implements LambdaLogger {
    @Override
    public void log(String message) {
      System.out.println(message);
    }

    @Override
    public void log(byte[] message) {
      log(new String(message, UTF_8));
    }
  }
}
