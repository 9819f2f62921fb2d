package io.narthex.aws.states;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.stack.StackException;
import io.narthex.aws.stack.StateMachines;
import io.narthex.cache.store.StoreException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** A state machine of Step Functions, which a function starts. */
public final class StateMachine {
  private final StateMachines machines;
  private final String arn;

  StateMachine(StateMachines machines, String arn) {
    this.machines = requireNonNull(machines, "machines is null");
    this.arn = requireNonNull(arn, "arn is null");
  }

  /**
   * One of this region, with the credentials of the environment.
   *
   * @param endpoint of Step Functions; empty for AWS's own
   */
  public static StateMachine of(String region, Optional<URI> endpoint, String arn) {
    return new StateMachine(
        new StateMachines(
            Region.of(region), DefaultCredentialsProvider.builder().build(), endpoint),
        arn);
  }

  /**
   * Starts an execution without input, unless one is under way. One name starts one: who comes
   * second is content with the first, running or over.
   *
   * @param name unique among those of 90 days
   * @return whether none was under way
   * @throws StoreException if it was refused, or could not be asked: whoever asked must come again
   */
  public boolean startUnlessRunning(String name) {
    try {
      if (machines.running(arn).isPresent()) {
        return false;
      }
      machines.startOnce(arn, name);
      return true;
    } catch (StackException e) {
      throw new StoreException(arn, e);
    }
  }
}
