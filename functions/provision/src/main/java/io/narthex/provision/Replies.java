package io.narthex.provision;

import java.io.IOException;

/** The way back to CloudFormation. */
@FunctionalInterface
interface Replies {
  /**
   * Answers a request.
   *
   * @throws IOException if it did not arrive: the function must be called again
   */
  void send(ReturnAddress to, Reply reply) throws IOException;
}
