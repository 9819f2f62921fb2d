package io.narthex.provision;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The line that this function logs of a request: JSON, never the return address. */
final class ProvisionLog {
  private ProvisionLog() {}

  static String line(Reply reply, String requestId) {
    return switch (reply) {
      case Reply.Success(var id, var _) ->
          "{\"resource\":\"%s\",\"status\":\"SUCCESS\",\"requestId\":\"%s\"}"
              .formatted(quoted(id), quoted(requestId));
      case Reply.Failed(var id, var reason) ->
          "{\"resource\":\"%s\",\"status\":\"FAILED\",\"error\":\"%s\",\"requestId\":\"%s\"}"
              .formatted(quoted(id), quoted(reason), quoted(requestId));
    };
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
