package io.narthex.local.cli.index;

import io.narthex.aws.s3.S3Access;
import io.narthex.local.cli.DataOption;
import io.narthex.local.cli.RunningHost;
import io.narthex.local.cli.StackOption;
import io.narthex.local.cli.StoreUrlOption;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whose index a command is about: that of the host that runs here, of a stack on AWS, or of the
 * buckets of a store that somebody else runs.
 */
final class IndexOption {
  @Mixin private final DataOption data = new DataOption();
  @Mixin private final StackOption stack = new StackOption();
  @Mixin private final StoreUrlOption endpoint = new StoreUrlOption();

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      description = "With --endpoint: the cache bucket.")
  private Optional<String> bucket = Optional.empty();

  @Option(
      names = "--state-bucket",
      paramLabel = "NAME",
      description = "With --endpoint: the bucket of the index (default: the other's and -state).")
  private Optional<String> stateBucket = Optional.empty();

  /** The index, which the caller closes. */
  WorkedIndex open() {
    Optional<S3Access> access = endpoint.access(stack.aws());
    if (access.isPresent() && stack.isGiven()) {
      throw new IllegalArgumentException("one of --endpoint and --stack");
    }
    if (access.isPresent() != bucket.isPresent() || (bucket.isEmpty() && stateBucket.isPresent())) {
      throw new IllegalArgumentException("--endpoint and --bucket go together");
    }
    if (access.isPresent()) {
      String name = bucket.orElseThrow();
      return StoreIndex.open(access.get(), name, stateBucket.orElse(name + "-state"));
    }
    if (!stack.isGiven() && stack.aws().isGiven()) {
      throw new IllegalArgumentException("--region and --profile go with --stack or --endpoint");
    }
    return stack
        .deployed()
        .<WorkedIndex>map(DeployedIndex::new)
        .orElseGet(() -> new HostIndex(RunningHost.in(data.data())));
  }
}
