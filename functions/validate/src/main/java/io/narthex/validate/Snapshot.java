package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.crac.Context;
import org.crac.Resource;

/**
 * What is done around the snapshot that SnapStart takes of the process when a version is published:
 * before it samples are verified and a look is rehearsed, so that it holds loaded classes, each
 * decoder and compiled code; after each restore of it, everything that grew old is forgotten.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Lambda
 *     SnapStart runtime hooks for Java</a>
 */
final class Snapshot implements Resource {
  private final Samples samples;
  private final Runnable forget;
  private final ValidateLog log;

  Snapshot(Samples samples, Runnable forget, ValidateLog log) {
    this.samples = requireNonNull(samples, "samples is null");
    this.forget = requireNonNull(forget, "forget is null");
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    samples.verify(log::notPrimed);
    rehearse();
  }

  // An exception would fail the deployment, over nothing but speed.
  private void rehearse() {
    try {
      Rehearsal.look();
    } catch (IOException | RuntimeException e) {
      log.notPrimed("rehearsal: " + e);
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    forget.run();
  }
}
