package io.narthex.local.cli;

import picocli.CommandLine.Mixin;

/** Which cache a command operates: the one that runs here, or a stack on AWS. */
final class OperatedOption {
  @Mixin private final DataOption data = new DataOption();
  @Mixin private final StackOption stack = new StackOption();

  /** The caller closes it. */
  OperatedCache open() {
    return stack.open().orElseGet(() -> new HostCache(RunningHost.in(data.data())));
  }
}
