package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The bucket policy, read again when it is older than a minute. S3 accepted it, so one that does
 * not parse here is one that we do not understand: it allows nobody.
 */
public final class CurrentBucketPolicy implements BucketPolicies {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final BucketPolicySource source;
  private final PolicyAlarm alarm;
  private final Clock clock;
  private volatile Optional<Remembered> remembered = Optional.empty();

  public CurrentBucketPolicy(BucketPolicySource source, PolicyAlarm alarm, Clock clock) {
    this.source = requireNonNull(source, "source is null");
    this.alarm = requireNonNull(alarm, "alarm is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Optional<PolicyDocument> current() {
    Instant now = clock.instant();
    Optional<Remembered> known = remembered.filter(r -> now.isBefore(r.readAt().plus(FRESH)));
    if (known.isPresent()) {
      return known.get().policy();
    }
    Optional<PolicyDocument> policy = read();
    remembered = Optional.of(new Remembered(policy, now));
    return policy;
  }

  private Optional<PolicyDocument> read() {
    Optional<String> text = source.read();
    if (text.isEmpty()) {
      alarm.notUnderstood("the bucket has no policy");
      return Optional.empty();
    }
    try {
      PolicyDocument policy = PolicyDocument.parse(text.get());
      if (!policy.notUnderstood().isEmpty()) {
        alarm.notUnderstood(String.join(", ", policy.notUnderstood()));
      }
      return Optional.of(policy);
    } catch (MalformedPolicyException e) {
      alarm.notUnderstood(e.where() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private record Remembered(Optional<PolicyDocument> policy, Instant readAt) {}
}
