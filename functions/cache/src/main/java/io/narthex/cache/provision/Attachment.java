package io.narthex.cache.provision;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Our part in a bucket that was there before us: its events on EventBridge, where a rule of ours
 * takes them. Its policy, its notifications to others and its objects are left alone.
 */
public final class Attachment {
  private final BucketControls bucket;
  private final String region;

  /** Attaches from this region. */
  public Attachment(BucketControls bucket, String region) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.region = requireNonNull(region, "region is null");
  }

  /** What came of attaching. */
  public sealed interface Outcome {
    /** We turned EventBridge on, so we turn it off at the end. */
    record TurnedOn() implements Outcome {}

    /** It was on, and is not ours to turn off. */
    record AlreadyOn() implements Outcome {}

    /** The bucket cannot be used. */
    record Unsuitable(List<String> problems) implements Outcome {
      public Unsuitable {
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
          throw new IllegalArgumentException("no problems");
        }
      }
    }
  }

  /** Checks the bucket and has it tell of its events. */
  public Outcome attach() {
    List<String> problems = bucket.setup().problems(region);
    if (!problems.isEmpty()) {
      return new Outcome.Unsuitable(problems);
    }
    if (bucket.isEventBridgeOn()) {
      return new Outcome.AlreadyOn();
    }
    bucket.eventBridge(true);
    return new Outcome.TurnedOn();
  }

  /** Takes out what {@link Outcome.TurnedOn} put in; nothing if it or the bucket is gone. */
  public void detach() {
    if (bucket.isEventBridgeOn()) {
      bucket.eventBridge(false);
    }
  }
}
