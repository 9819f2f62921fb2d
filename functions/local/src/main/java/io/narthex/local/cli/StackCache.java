package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.stack.DeployedStack;
import io.narthex.cache.operate.KnownPaths;
import io.narthex.cache.operate.Revocations;
import io.narthex.nix.path.StorePathHash;
import java.time.Duration;

/** The cache of a stack on AWS, by its buckets and queues. */
final class StackCache implements OperatedCache {
  /** A request costs little, and a verdict takes seconds. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The schedule of the sweep, and the minute for which settings are kept. */
  private static final Duration RELOOK = Duration.ofMinutes(16);

  private final DeployedStack stack;
  private final KnownPaths paths;

  StackCache(DeployedStack stack) {
    this.stack = requireNonNull(stack, "stack is null");
    this.paths = stack.paths();
  }

  @Override
  public PathAnswer ask(StorePathHash hash) {
    return paths
        .report(hash)
        .<PathAnswer>map(PathAnswer.Reported::new)
        .orElseGet(
            () -> new PathAnswer.Unreported("none that you may read; " + paths.narInfoSays(hash)));
  }

  @Override
  public boolean isServed(StorePathHash hash) {
    return paths.isServed(hash);
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }

  @Override
  public CacheStatus status(int reports) {
    return new CacheStatus(
        stack.reports().count(reports), inFlight(), stack.queues().deadLetters());
  }

  @Override
  public long inFlight() {
    return stack.queues().inFlight() + stack.index().inFlight();
  }

  @Override
  public boolean revoke(Revocable what, String reason) {
    Revocations revocations = stack.revocations();
    return switch (what) {
      case Revocable.OfPath(var hash) -> revocations.revoke(hash, reason);
      case Revocable.OfKey(var key) -> revocations.revoke(key, reason);
    };
  }

  @Override
  public boolean restore(Revocable what) {
    Revocations revocations = stack.revocations();
    return switch (what) {
      case Revocable.OfPath(var hash) -> revocations.restore(hash);
      case Revocable.OfKey(var key) -> revocations.restore(key);
    };
  }

  @Override
  public CallerDesk callers() {
    return new StackCallers(stack.callers(), stack.url());
  }

  @Override
  public Redriven redrive() {
    return new Redriven(stack.queues().redrive(), false);
  }

  @Override
  public Duration relookWithin() {
    return RELOOK;
  }

  @Override
  public void close() {
    stack.close();
  }
}
