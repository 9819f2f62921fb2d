package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.PrincipalSettingsSource;
import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bucket policy and Block Public Access, read again when they are older than a minute. S3
 * accepted the policy, so one that does not parse here is one that we do not understand: it allows
 * nobody, and neither does one that we may not read. Each time something is amiss, there is one
 * alarm.
 */
public final class CurrentBucketPolicy implements BucketPolicies {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final BucketPolicySource source;
  private final PublicAccessSource publicAccess;
  private final CanonicalAccounts canonical;
  private final PolicyAlarm alarm;
  private final Clock clock;
  private volatile Optional<Remembered> remembered = Optional.empty();

  /**
   * The policy from this source.
   *
   * @param principals tell which canonical users are known, and so understood
   */
  public CurrentBucketPolicy(
      BucketPolicySource source,
      PublicAccessSource publicAccess,
      PrincipalSettingsSource principals,
      PolicyAlarm alarm,
      Clock clock) {
    this.source = requireNonNull(source, "source is null");
    this.publicAccess = requireNonNull(publicAccess, "publicAccess is null");
    this.canonical = new CanonicalAccounts(principals);
    this.alarm = requireNonNull(alarm, "alarm is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public PolicyInForce current() {
    Optional<Remembered> known = remembered.filter(r -> r.isFresh(clock.instant()));
    return known.isPresent() ? known.get().policy() : readOnce();
  }

  // Who comes meanwhile waits for the first one's answer, and does not ask too.
  private synchronized PolicyInForce readOnce() {
    Instant now = clock.instant();
    Optional<Remembered> known = remembered.filter(r -> r.isFresh(now));
    if (known.isPresent()) {
      return known.get().policy();
    }
    PolicyInForce policy = read();
    remembered = Optional.of(new Remembered(policy, now));
    return policy;
  }

  private PolicyInForce read() {
    return switch (source.read()) {
      case StoredPolicy.Text(var json) -> parsed(json);
      case StoredPolicy.None _ -> nothing("the bucket has no policy");
      case StoredPolicy.Refused(var reason) ->
          nothing("the bucket policy is kept from us: " + reason);
    };
  }

  private PolicyInForce parsed(String json) {
    try {
      PolicyDocument document = PolicyDocument.parse(json);
      Restriction restriction = publicAccess.restrictsPublicBuckets();
      List<String> amiss = new ArrayList<>(document.notUnderstood(canonical.current()));
      if (restriction == Restriction.UNKNOWN) {
        amiss.add(
            "Block Public Access of the bucket or its account is kept from us and counts as on");
      }
      if (!amiss.isEmpty()) {
        alarm.notUnderstood(String.join(", ", amiss));
      }
      return PolicyInForce.of(document, restriction != Restriction.OFF);
    } catch (MalformedPolicyException e) {
      return nothing(e.where() + ": " + e.getMessage());
    }
  }

  private PolicyInForce nothing(String reason) {
    alarm.notUnderstood(reason);
    return PolicyInForce.NONE;
  }

  private record Remembered(PolicyInForce policy, Instant readAt) {
    boolean isFresh(Instant now) {
      return now.isBefore(readAt.plus(FRESH));
    }
  }
}
