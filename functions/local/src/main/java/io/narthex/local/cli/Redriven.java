package io.narthex.local.cli;

/**
 * What became of the dead letters.
 *
 * @param messages how many there were
 * @param isDone whether they are back in the queue, rather than on their way with their number
 *     estimated
 */
record Redriven(long messages, boolean isDone) {
  /** In a line. */
  String text() {
    return isDone ? messages + " redriven" : "about " + messages + " on their way back";
  }

  /** The same as JSON, in one line. */
  String json() {
    return "{\"redriven\":%d,\"done\":%s}".formatted(messages, isDone);
  }
}
