package io.narthex.local.host;

import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** For functions that say everything by other means. */
final class QuietLogger implements LambdaLogger {
  @Override
  public void log(String message) {}

  @Override
  public void log(byte[] message) {}
}
