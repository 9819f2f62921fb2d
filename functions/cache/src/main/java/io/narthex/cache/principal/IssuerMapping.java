package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.policy.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As whom the holders of an issuer's tokens are let in.
 *
 * @param claims what their tokens must say, by claim: of each at least one value must be as one of
 *     the patterns; at least one claim, for an issuer like GitHub signs tokens for everybody
 * @param principal as whom
 * @param tags by key, with values that may come from claims
 * @param userId {@code aws:userid}, if it is known
 */
public record IssuerMapping(
    Map<String, List<ClaimPattern>> claims,
    Principal principal,
    Map<String, TagTemplate> tags,
    Optional<String> userId) {
  public IssuerMapping {
    claims = Map.copyOf(claims);
    requireNonNull(principal, "principal is null");
    tags = Map.copyOf(tags);
    requireNonNull(userId, "userId is null");
    TokenGrant.requireUserId(userId);
    if (claims.isEmpty() || claims.values().stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a mapping has a pattern for at least one claim");
    }
    if (principal instanceof Principal.Anonymous) {
      throw new IllegalArgumentException("a mapping is to somebody in particular");
    }
    var keys = new HashMap<String, String>();
    tags.keySet().forEach(key -> keys.put(key, ""));
    var _ = new SessionTags(keys);
  }

  /** Whether a token says all that it must. */
  boolean matches(Claims token) {
    return claims.entrySet().stream()
        .allMatch(
            claim ->
                token.values(claim.getKey()).stream()
                    .anyMatch(value -> claim.getValue().stream().anyMatch(p -> p.matches(value))));
  }

  /**
   * The tags for a token.
   *
   * @throws MalformedJsonException if its claims do not give one of them
   */
  SessionTags tags(Claims token) throws MalformedJsonException {
    var filled = new HashMap<String, String>();
    for (Map.Entry<String, TagTemplate> tag : tags.entrySet()) {
      filled.put(
          tag.getKey(),
          tag.getValue()
              .fill(token::values)
              .orElseThrow(
                  () -> new MalformedJsonException("its claims give no tag " + tag.getKey())));
    }
    return new SessionTags(filled);
  }
}
