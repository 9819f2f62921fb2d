package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.Principal;
import java.time.Duration;
import java.util.Optional;

/**
 * What a token is to be.
 *
 * @param principal as whom its holder is let in; never the anonymous one
 * @param tags {@code aws:PrincipalTag/…} of its holder, all of them
 * @param userId {@code aws:userid} of its holder; without it, conditions on that key never allow
 * @param description for people, at most 256 characters, none of them a control character
 * @param life a second to ten years
 */
public record TokenGrant(
    Principal principal,
    SessionTags tags,
    Optional<String> userId,
    TokenOrigin origin,
    String description,
    Duration life) {
  /** The life of a token for which nobody says another. */
  public static final Duration DEFAULT_LIFE = Duration.ofDays(90);

  private static final Duration MIN_LIFE = Duration.ofSeconds(1);
  private static final Duration MAX_LIFE = Duration.ofDays(3653);
  private static final int MAX_DESCRIPTION = 256;
  private static final int MAX_USER_ID = 256;

  public TokenGrant {
    requireNonNull(principal, "principal is null");
    requireNonNull(tags, "tags is null");
    requireNonNull(userId, "userId is null");
    requireNonNull(origin, "origin is null");
    if (principal instanceof Principal.Anonymous) {
      throw new IllegalArgumentException("a token is for somebody in particular");
    }
    requireUserId(userId);
    requireDescription(description);
    requireLife(life);
  }

  static void requireUserId(Optional<String> userId) {
    userId.ifPresent(
        id -> {
          if (id.isEmpty()
              || id.length() > MAX_USER_ID
              || !id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a user id has 1 to 256 printable characters");
          }
        });
  }

  static void requireDescription(String description) {
    if (description.length() > MAX_DESCRIPTION
        || description.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a description has at most 256 characters, none of them a control character");
    }
  }

  private static void requireLife(Duration life) {
    if (life.compareTo(MIN_LIFE) < 0 || life.compareTo(MAX_LIFE) > 0) {
      throw new IllegalArgumentException("a token lives a second to ten years");
    }
  }
}
