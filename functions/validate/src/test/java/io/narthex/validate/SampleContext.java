package io.narthex.validate;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** What Lambda says of an invocation; of a sample one, only its request id and its time. */
final class SampleContext implements Context {
  @Override
  public String getAwsRequestId() {
    return "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
  }

  @Override
  public String getLogGroupName() {
    throw new AssertionError("not asked for");
  }

  @Override
  public String getLogStreamName() {
    throw new AssertionError("not asked for");
  }

  @Override
  public String getFunctionName() {
    throw new AssertionError("not asked for");
  }

  @Override
  public String getFunctionVersion() {
    throw new AssertionError("not asked for");
  }

  @Override
  public String getInvokedFunctionArn() {
    throw new AssertionError("not asked for");
  }

  @Override
  public CognitoIdentity getIdentity() {
    throw new AssertionError("not asked for");
  }

  @Override
  public ClientContext getClientContext() {
    throw new AssertionError("not asked for");
  }

  @Override
  public int getRemainingTimeInMillis() {
    return 900_000;
  }

  @Override
  public int getMemoryLimitInMB() {
    throw new AssertionError("not asked for");
  }

  @Override
  public LambdaLogger getLogger() {
    throw new AssertionError("not asked for");
  }
}
