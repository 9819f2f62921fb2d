package io.narthex.policy;

import io.narthex.policy.Decision.Allow;
import io.narthex.policy.Decision.ExplicitDeny;
import io.narthex.policy.Decision.ImplicitDeny;
import io.narthex.policy.Explanation.Basis;
import io.narthex.policy.Explanation.Line;
import io.narthex.policy.Explanation.Place;
import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the reasons of a decision that was made elsewhere, slowly and in words. */
final class Explainer {
  private static final String OF_ACCOUNT =
      ", to the caller's account: the account's identity policies decide";
  private static final String NEVER_ALLOWS = " (so it does not allow)";
  private static final String ALWAYS_DENIES = " (so it denies)";

  private final Inquiry asked;
  private final List<Tried> bucket;
  private final List<Tried> identity;

  /** A statement that was put to the request. */
  private record Tried(Place place, StatementMatcher matcher, Truth applies) {
    boolean has(Effect effect) {
      return matcher.statement().effect() == effect;
    }
  }

  Explainer(Optional<PolicyDocument> bucketPolicy, List<NamedPolicy> policies, Inquiry asked) {
    this.asked = asked;
    this.bucket = bucketPolicy.map(policy -> tried(policy, Optional.empty())).orElseGet(List::of);
    this.identity =
        asked.caller() instanceof Anonymous
            ? List.of()
            : policies.stream()
                .flatMap(named -> tried(named.policy(), Optional.of(named.name())).stream())
                .toList();
  }

  private List<Tried> tried(PolicyDocument policy, Optional<String> name) {
    List<Tried> tried = new ArrayList<>();
    for (StatementMatcher matcher : policy.matchers()) {
      Place place = new Place(name, tried.size(), matcher.statement().sid());
      tried.add(new Tried(place, matcher, matcher.applies(asked)));
    }
    return tried;
  }

  Explanation explain(Decision decision, boolean sameAccount) {
    Optional<Tried> deciding =
        switch (decision) {
          case ExplicitDeny _ -> first(Stream.concat(bucket.stream(), identity.stream()), false);
          case Allow _ -> allowing(bucket).or(() -> allowing(identity));
          case ImplicitDeny _ -> Optional.empty();
        };
    Basis basis =
        switch (decision) {
          case ExplicitDeny _ ->
              deciding.filter(deny -> deny.applies() == Truth.TRUE).isPresent()
                  ? Basis.DENIED
                  : Basis.MAY_BE_DENIED;
          case Allow _ -> sameAccount ? ownAllow() : otherAllow();
          case ImplicitDeny _ -> noAllow(sameAccount);
        };
    List<Line> lines = Stream.concat(bucket.stream(), identity.stream()).map(this::line).toList();
    return new Explanation(decision, basis, deciding.map(Tried::place), lines);
  }

  // One that only delegates to the caller's account is not what decides where another names it.
  private Optional<Tried> allowing(List<Tried> side) {
    return first(side.stream().filter(one -> !isOfAccountOnly(one)), true)
        .or(() -> first(side.stream(), true));
  }

  private static Optional<Tried> first(Stream<Tried> tried, boolean allows) {
    return tried
        .filter(one -> one.has(allows ? Effect.ALLOW : Effect.DENY))
        .filter(one -> allows ? one.applies() == Truth.TRUE : one.applies() != Truth.FALSE)
        .findFirst();
  }

  private boolean isDirectlyAllowed() {
    return bucket.stream()
        .filter(one -> one.has(Effect.ALLOW) && one.applies() == Truth.TRUE)
        .anyMatch(one -> one.matcher().principals(asked) == PrincipalMatch.DIRECT);
  }

  private Basis ownAllow() {
    if (isDirectlyAllowed()) {
      return Basis.BUCKET_POLICY;
    }
    if (allowing(identity).isEmpty()) {
      return Basis.OWNER;
    }
    return allowing(bucket).isPresent() ? Basis.DELEGATED : Basis.IDENTITY_POLICY;
  }

  private Basis otherAllow() {
    if (asked.caller() instanceof Anonymous) {
      return Basis.BUCKET_POLICY;
    }
    return allowing(identity).isPresent() ? Basis.BOTH_SIDES : Basis.OTHER_ROOT;
  }

  private Basis noAllow(boolean sameAccount) {
    if (asked.caller() instanceof Anonymous) {
      return Basis.NOTHING_ALLOWS;
    }
    boolean byBucket = allowing(bucket).isPresent();
    if (sameAccount) {
      return byBucket ? Basis.NOT_DELEGATED : Basis.NOTHING_ALLOWS;
    }
    if (byBucket) {
      return Basis.NO_IDENTITY_POLICY;
    }
    boolean byIdentity = asked.caller() instanceof AccountRoot || allowing(identity).isPresent();
    return byIdentity ? Basis.NO_BUCKET_POLICY : Basis.NOTHING_ALLOWS;
  }

  private Line line(Tried tried) {
    Place place = tried.place();
    Effect effect = tried.matcher().statement().effect();
    return switch (tried.applies()) {
      case TRUE -> new Line(place, effect, "applies" + (isOfAccountOnly(tried) ? OF_ACCOUNT : ""));
      case FALSE -> new Line(place, effect, Mismatch.first(tried.matcher(), asked, Truth.FALSE));
      case INDETERMINATE ->
          new Line(
              place,
              effect,
              "indeterminate: "
                  + Mismatch.first(tried.matcher(), asked, Truth.INDETERMINATE)
                  + (effect == Effect.ALLOW ? NEVER_ALLOWS : ALWAYS_DENIES));
    };
  }

  private boolean isOfAccountOnly(Tried tried) {
    return tried.has(Effect.ALLOW) && tried.matcher().principals(asked) == PrincipalMatch.ACCOUNT;
  }
}
