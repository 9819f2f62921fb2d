package io.narthex.aws.stack;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Generation;
import io.narthex.cache.index.LeftRebuild;
import io.narthex.cache.index.Manifest;
import io.narthex.cache.index.Retries;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.store.ObjectStore;
import java.time.Clock;
import java.util.Optional;

/** The index of a stack: what it says of itself, and the state machines that work on it. */
public final class StackIndex {
  private final IndexOutputs outputs;
  private final StateMachines machines;
  private final StackQueues queues;
  private final ObjectStore state;

  StackIndex(IndexOutputs outputs, StateMachines machines, StackQueues queues, ObjectStore state) {
    this.outputs = requireNonNull(outputs, "outputs is null");
    this.machines = requireNonNull(machines, "machines is null");
    this.queues = requireNonNull(queues, "queues is null");
    this.state = requireNonNull(state, "state is null");
  }

  /** Which generations there are. */
  public Manifest manifest() {
    return Manifest.in(state);
  }

  /** About how many messages of the index are not done with. */
  public long inFlight() {
    return outputs.queueUrl().map(queues::depth).orElse(0L);
  }

  /**
   * Has the index rebuilt; the rebuild that is under way, if there is one.
   *
   * @return the ARN of the execution
   * @throws StackException if the stack cannot do that
   */
  public String rebuild() {
    String machine = machine(outputs.rebuild(), "IndexRebuild");
    return machines
        .running(machine)
        .orElseGet(() -> machines.start(machine, JsonDocument.object()));
  }

  /**
   * Gives up the rebuild that was begun, and stops the execution that does it.
   *
   * @return what was being built; empty if nothing was
   * @throws io.narthex.cache.store.StoreException if the caller may not write the manifest
   */
  public Optional<Generation> abandon(Retries retries) {
    Optional<Generation> left = LeftRebuild.giveUp(state, retries, Clock.systemUTC());
    if (left.isPresent()) {
      outputs.rebuild().flatMap(machines::running).ifPresent(machines::stop);
    }
    return left;
  }

  /**
   * Has the index compared with the bucket.
   *
   * @return the ARN of the execution
   * @throws StackException if the stack cannot do that
   */
  public String check(boolean repair) {
    return machines.start(
        machine(outputs.check(), "IndexCheck"), JsonDocument.object().put("repair", repair));
  }

  /** How such an execution is getting on. */
  public Execution execution(String arn) {
    return machines.describe(arn);
  }

  /** How far its map is; empty before it has begun. */
  public Optional<MapItems> items(String arn) {
    return machines.maps(arn).stream().findFirst();
  }

  private static String machine(Optional<String> arn, String output) {
    return arn.orElseThrow(
        () ->
            new StackException(
                "the stack has no output " + output + ": deploy this version of Narthex"));
  }
}
