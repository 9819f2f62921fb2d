package io.narthex.cache.revocation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That something is trusted no more.
 *
 * @param reason for people, 1 to 1000 characters
 * @param at when it was said
 */
public record Revocation(String reason, Instant at) {
  private static final int MAX_REASON = 1000;

  public Revocation {
    requireNonNull(reason, "reason is null");
    requireNonNull(at, "at is null");
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException("a reason has 1 to " + MAX_REASON + " characters");
    }
  }
}
