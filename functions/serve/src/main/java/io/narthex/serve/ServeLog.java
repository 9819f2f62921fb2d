package io.narthex.serve;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The lines this function logs: JSON, never a header or a query. */
final class ServeLog {
  private ServeLog() {}

  /** A metric filter turns this one into an alarm. */
  static String policyUnusable(String reason) {
    return line("policyUnusable", reason);
  }

  private static String line(String event, String reason) {
    return "{\"event\":\"%s\",\"reason\":\"%s\"}"
        .formatted(event, new String(JsonStringEncoder.getInstance().quoteAsString(reason)));
  }
}
