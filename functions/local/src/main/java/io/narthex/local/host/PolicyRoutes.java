package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.StoredPolicy;
import io.narthex.cache.store.StoreException;
import io.narthex.local.http.LocalAnswer;
import io.narthex.local.http.LocalRequest;
import io.narthex.local.http.LocalRoute;
import io.narthex.policy.Principal;
import java.util.Optional;

/**
 * The host's own route about who may read, for those who have the data directory: {@code POST
 * /-/policy/show} with the operator's {@code key} and, if it is about somebody, the ARN of a {@code
 * principal}. The answer is a {@link FoundPolicy}.
 */
final class PolicyRoutes implements LocalRoute {
  /** Where it is. */
  static final String PREFIX = "/-/policy/";

  private final OperatorDoor door;
  private final Place place;

  PolicyRoutes(OperatorKey key, Place place) {
    this.door = new OperatorDoor(key);
    this.place = requireNonNull(place, "place is null");
  }

  @Override
  public LocalAnswer answer(LocalRequest request) {
    if (!(request.method() + " " + request.path()).equals("POST " + PREFIX + "show")) {
      return LocalAnswer.text(404, "not found");
    }
    try {
      return door.answer(
          request, json -> show(json.optionalText("principal", PolicyRoutes::principal)));
    } catch (StoreException e) {
      return LocalAnswer.text(502, String.valueOf(e.getMessage()));
    }
  }

  private LocalAnswer show(Optional<Principal> principal) {
    return switch (place.bucketPolicy().read()) {
      case StoredPolicy.Text(var json) -> found(Optional.of(json), principal);
      case StoredPolicy.None _ -> found(Optional.empty(), principal);
      case StoredPolicy.Refused(var reason) ->
          LocalAnswer.text(
              502, "the policy of " + place.bucket().arn() + " cannot be had: " + reason);
    };
  }

  private LocalAnswer found(Optional<String> json, Optional<Principal> principal) {
    var found =
        new FoundPolicy(
            place.bucket(),
            json,
            place.publicAccess().restrictsPublicBuckets(),
            principal.flatMap(place::caller));
    return LocalAnswer.json(new String(found.write(), UTF_8));
  }

  private static Principal principal(String arn) {
    return Principal.parse(arn)
        .orElseThrow(() -> new IllegalArgumentException("not the ARN of a principal: " + arn));
  }
}
