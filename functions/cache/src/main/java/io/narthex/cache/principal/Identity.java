package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who a caller has proved to be, and what else is known of it.
 *
 * @param principal as policies name it
 * @param tags the principal's own, and those of its session: {@code aws:PrincipalTag/…}
 * @param userId {@code aws:userid}, e.g. {@code AROA…:session}; empty where nobody has told us
 * @param tokenIssueTime {@code aws:TokenIssueTime}: since when the credentials are valid, if they
 *     are temporary ones
 * @param isComplete whether this is all that there is to know of its tags and of its session; else
 *     what is not here is unknown, not absent
 */
public record Identity(
    Principal principal,
    Map<String, String> tags,
    Optional<String> userId,
    Optional<Instant> tokenIssueTime,
    boolean isComplete) {
  /** Nobody in particular. */
  public static final Identity ANONYMOUS =
      new Identity(new Principal.Anonymous(), Map.of(), Optional.of("anonymous"), Optional.empty());

  /** One of whom nothing else is to be known. */
  public Identity(
      Principal principal,
      Map<String, String> tags,
      Optional<String> userId,
      Optional<Instant> tokenIssueTime) {
    this(principal, tags, userId, tokenIssueTime, true);
  }

  public Identity {
    requireNonNull(principal, "principal is null");
    tags = Map.copyOf(tags);
    requireNonNull(userId, "userId is null");
    requireNonNull(tokenIssueTime, "tokenIssueTime is null");
  }

  /** Whether this is nobody in particular. */
  public boolean isAnonymous() {
    return principal instanceof Principal.Anonymous;
  }
}
