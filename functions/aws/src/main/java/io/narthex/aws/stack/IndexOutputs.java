package io.narthex.aws.stack;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * Where a stack has its index, as the outputs of {@code template.yaml} say; none of it in a stack
 * that was deployed before there was one.
 *
 * @param rebuild ARN of the state machine that rebuilds it
 * @param check ARN of the one that checks it
 * @param queueUrl the queue of the index function
 */
record IndexOutputs(Optional<String> rebuild, Optional<String> check, Optional<String> queueUrl) {
  private static final String REBUILD = "IndexRebuild";
  private static final String CHECK = "IndexCheck";
  private static final String QUEUE = "IndexQueueUrl";

  IndexOutputs {
    requireNonNull(rebuild, "rebuild is null");
    requireNonNull(check, "check is null");
    requireNonNull(queueUrl, "queueUrl is null");
  }

  static IndexOutputs of(Map<String, String> outputs) {
    return new IndexOutputs(
        Optional.ofNullable(outputs.get(REBUILD)),
        Optional.ofNullable(outputs.get(CHECK)),
        Optional.ofNullable(outputs.get(QUEUE)));
  }
}
