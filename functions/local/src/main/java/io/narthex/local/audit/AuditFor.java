package io.narthex.local.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.stack.DeployedStack;
import io.narthex.cache.admission.AuditedFacts;
import io.narthex.cache.audit.PathSet;
import io.narthex.cache.audit.ReadNar;
import io.narthex.cache.audit.Scratch;
import io.narthex.cache.audit.StoreCache;
import io.narthex.cache.settings.Settings;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** An audit for a stack: of the NARs that its function has no time to read. */
public final class AuditFor implements Consumer<ReadNar> {
  private final DeployedStack stack;
  private final AuditedFacts facts;
  private final AtomicLong told = new AtomicLong();

  public AuditFor(DeployedStack stack) {
    this.stack = requireNonNull(stack, "stack is null");
    this.facts = stack.auditedFacts();
  }

  /** The stack's cache. */
  public AuditSource source() {
    return new AuditSource(
        new StoreCache(stack.objects(), "", CacheUrl.S3_REQUESTS),
        "s3://" + stack.bucketName(),
        Optional.empty(),
        "",
        stack::close);
  }

  /** What the stack trusts and demands. */
  public Settings settings() {
    return stack.settings();
  }

  /** The paths that wait for it. */
  public PathSet awaited(Scratch scratch) {
    PathSet.Builder paths = new PathSet.Builder(scratch);
    facts.awaited().forEach(paths::add);
    return paths.build();
  }

  @Override
  public void accept(ReadNar nar) {
    if (facts.tell(nar.hash(), nar.narInfo(), nar.facts())) {
      told.incrementAndGet();
    }
  }

  /** How many NARs the stack was told of. */
  public long told() {
    return told.get();
  }
}
