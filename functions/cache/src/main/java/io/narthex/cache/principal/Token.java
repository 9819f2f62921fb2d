package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * A token that was issued, as it is kept: everything but its secret.
 *
 * @param hash of its secret
 * @param principal as whom its holder is let in; never the anonymous one
 * @param userId {@code aws:userid} of its holder, if it was told
 * @param expires the first moment at which it is no good any more; after {@code created}
 * @param revoked since when it is no good before its time
 */
public record Token(
    TokenId id,
    SecretHash hash,
    Principal principal,
    SessionTags tags,
    Optional<String> userId,
    TokenOrigin origin,
    String description,
    Instant created,
    Instant expires,
    Optional<Instant> revoked) {
  public Token {
    requireNonNull(id, "id is null");
    requireNonNull(hash, "hash is null");
    requireNonNull(principal, "principal is null");
    requireNonNull(tags, "tags is null");
    requireNonNull(userId, "userId is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(created, "created is null");
    requireNonNull(revoked, "revoked is null");
    TokenGrant.requireUserId(userId);
    TokenGrant.requireDescription(description);
    if (principal instanceof Principal.Anonymous) {
      throw new IllegalArgumentException("a token is for somebody in particular");
    }
    if (!expires.isAfter(created)) {
      throw new IllegalArgumentException("a token expires after it was made");
    }
  }

  static Token of(TokenId id, SecretHash hash, TokenGrant grant, Instant now) {
    return new Token(
        id,
        hash,
        grant.principal(),
        grant.tags(),
        grant.userId(),
        grant.origin(),
        grant.description(),
        now,
        now.plus(grant.life()),
        Optional.empty());
  }

  /** The same, revoked; what is revoked already stays as it is. */
  Token revokedAt(Instant when) {
    return revoked.isPresent()
        ? this
        : new Token(
            id,
            hash,
            principal,
            tags,
            userId,
            origin,
            description,
            created,
            expires,
            Optional.of(when));
  }

  /** The first moment at which it is no good any more, as things stand. */
  Instant end() {
    return revoked.filter(at -> at.isBefore(expires)).orElse(expires);
  }

  /** What it is worth at a moment. */
  public State state(Instant now) {
    if (revoked.isPresent()) {
      return State.REVOKED;
    }
    return now.isBefore(expires) ? State.ACTIVE : State.EXPIRED;
  }

  /** What a token is worth. */
  public enum State {
    /** Its holder is let in. */
    ACTIVE,
    /** Its time is over. */
    EXPIRED,
    /** Somebody took it back. */
    REVOKED
  }
}
