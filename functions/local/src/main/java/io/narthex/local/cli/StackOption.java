package io.narthex.local.cli;

import io.narthex.aws.stack.AwsAccess;
import io.narthex.aws.stack.DeployedStack;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A stack on AWS that a command is about, and as whom AWS is asked. */
final class StackOption {
  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "Work on this stack on AWS, with your AWS credentials.")
  private Optional<String> stack = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The stack's region (default: as AWS's own tools find it).")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile of your AWS configuration to use (default: as AWS's own tools).")
  private Optional<String> profile = Optional.empty();

  boolean isGiven() {
    return stack.isPresent();
  }

  /** The stack; empty if none was named. */
  Optional<OperatedCache> open() {
    if (stack.isEmpty() && (region.isPresent() || profile.isPresent())) {
      throw new CannotException("--region and --profile go with --stack");
    }
    return stack.map(
        name ->
            new StackCache(
                DeployedStack.find(name, AwsAccess.of(region, profile, System.getenv()))));
  }
}
