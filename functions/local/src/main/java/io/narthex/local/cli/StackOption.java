package io.narthex.local.cli;

import io.narthex.aws.stack.DeployedStack;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A stack on AWS that a command is about, and as whom AWS is asked. */
public final class StackOption {
  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "Work on this stack on AWS, with your AWS credentials.")
  private Optional<String> stack = Optional.empty();

  @Mixin private final AwsOption aws = new AwsOption();

  /** Whether a stack was named. */
  public boolean isGiven() {
    return stack.isPresent();
  }

  /** Its name; empty if none was named. */
  Optional<String> name() {
    return stack;
  }

  /** As whom AWS is asked, for a stack or for what else the command is about. */
  public AwsOption aws() {
    return aws;
  }

  /** The stack, which the caller closes; empty if none was named. */
  public Optional<DeployedStack> deployed() {
    return stack.map(name -> DeployedStack.find(name, aws.access()));
  }

  /** The same as a cache that the caller may operate, for commands that ask AWS nothing else. */
  Optional<OperatedCache> open() {
    if (stack.isEmpty() && aws.isGiven()) {
      throw new CannotException("--region and --profile go with --stack");
    }
    return deployed().map(StackCache::new);
  }
}
