package io.narthex.local.host;

/**
 * Where a host stands, for people and scripts.
 *
 * @param inFlight events that are not done with
 * @param deadLetters events that were given up
 */
record Status(int verified, int waiting, int rejected, int inFlight, int deadLetters) {
  /** The same as JSON, in one line. */
  String json() {
    return "{\"verified\":%d,\"waiting\":%d,\"rejected\":%d,\"inFlight\":%d,\"deadLetters\":%d}\n"
        .formatted(verified, waiting, rejected, inFlight, deadLetters);
  }
}
