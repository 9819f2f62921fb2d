package io.narthex.local.host;

import io.narthex.local.pump.PumpFailure;
import java.util.Optional;

/** What a pump's failure is called in a line for people. */
final class PumpFailures {
  private PumpFailures() {}

  /** Empty for single messages: the function has said why itself. */
  static Optional<String> text(PumpFailure failure) {
    return switch (failure) {
      case PumpFailure.HandlerThrew(var batch, var cause) ->
          Optional.of("the function failed: " + cause);
      case PumpFailure.TimedOut(var batch, var timeout) ->
          Optional.of("the function did not end in " + timeout.toSeconds() + " s");
      case PumpFailure.InvalidResponse(var batch, var reason) ->
          Optional.of("the function's answer is not understood: " + reason);
      case PumpFailure.QueueFailed(var cause) -> Optional.of("the queue failed: " + cause);
      case PumpFailure.ItemsFailed failed -> Optional.empty();
    };
  }
}
