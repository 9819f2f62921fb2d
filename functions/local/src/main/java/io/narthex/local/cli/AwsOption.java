package io.narthex.local.cli;

import io.narthex.aws.stack.AwsAccess;
import java.util.Optional;
import picocli.CommandLine.Option;

/** As whom AWS, or a store like it, is asked, and in which region. */
public final class AwsOption {
  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The region (default: as AWS's own tools find it; with --endpoint, us-east-1).")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile of your AWS configuration to use (default: as AWS's own tools).")
  private Optional<String> profile = Optional.empty();

  /** Whether any of it was said. */
  public boolean isGiven() {
    return region.isPresent() || profile.isPresent();
  }

  Optional<String> region() {
    return region;
  }

  Optional<String> profile() {
    return profile;
  }

  /**
   * AWS, at the endpoints that are configured.
   *
   * @throws io.narthex.aws.stack.StackException if no region is configured
   */
  public AwsAccess access() {
    return access(Optional.empty());
  }

  /** The same in a region that is known if none is named. */
  AwsAccess access(Optional<String> known) {
    return AwsAccess.of(region.or(() -> known), profile, System.getenv());
  }
}
