package io.narthex.local.pump;

/** Is told what a pump could not do. */
@FunctionalInterface
public interface PumpListener {
  /** Called by the pump's threads, several at once. What it throws is ignored. */
  void onFailure(PumpFailure failure);
}
