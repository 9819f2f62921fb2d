package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
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

  private final OperatorKey key;
  private final Place place;

  PolicyRoutes(OperatorKey key, Place place) {
    this.key = requireNonNull(key, "key is null");
    this.place = requireNonNull(place, "place is null");
  }

  @Override
  public LocalAnswer answer(LocalRequest request) {
    if (!(request.method() + " " + request.path()).equals("POST " + PREFIX + "show")) {
      return text(404, "not found");
    }
    try {
      JsonDocument json = JsonDocument.parse(request.body().getBytes(UTF_8));
      return key.is(json.text("key"))
          ? show(json.optionalText("principal", PolicyRoutes::principal))
          : text(403, "not the operator key of this host");
    } catch (MalformedJsonException e) {
      return text(400, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      return text(502, String.valueOf(e.getMessage()));
    }
  }

  private LocalAnswer show(Optional<Principal> principal) {
    return switch (place.bucketPolicy().read()) {
      case StoredPolicy.Text(var json) -> found(Optional.of(json), principal);
      case StoredPolicy.None _ -> found(Optional.empty(), principal);
      case StoredPolicy.Refused(var reason) ->
          text(502, "the policy of " + place.bucket().arn() + " cannot be had: " + reason);
    };
  }

  private LocalAnswer found(Optional<String> json, Optional<Principal> principal) {
    var found =
        new FoundPolicy(
            place.bucket(),
            json,
            place.publicAccess().restrictsPublicBuckets(),
            principal.flatMap(place::caller));
    return new LocalAnswer(200, "application/json", new String(found.write(), UTF_8));
  }

  private static Principal principal(String arn) {
    return Principal.parse(arn)
        .orElseThrow(() -> new IllegalArgumentException("not the ARN of a principal: " + arn));
  }

  private static LocalAnswer text(int status, String body) {
    return new LocalAnswer(status, "text/plain; charset=utf-8", body + "\n");
  }
}
