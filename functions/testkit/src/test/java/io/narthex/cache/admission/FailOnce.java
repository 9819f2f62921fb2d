package io.narthex.cache.admission;

import io.narthex.testkit.Fault;

/** Lets one request fail, the one with this number. */
final class FailOnce implements Fault.Plan {
  private final int number;
  private final Fault fault;
  private int count;
  private String failed = "nothing failed";

  FailOnce(int number, Fault fault) {
    this.number = number;
    this.fault = fault;
  }

  boolean hasFailed() {
    return count > number;
  }

  @Override
  public Fault about(Fault.Request request) {
    if (count++ == number) {
      failed = fault + " at request " + number + ": " + request;
      return fault;
    }
    return Fault.NONE;
  }

  @Override
  public String toString() {
    return failed;
  }
}
