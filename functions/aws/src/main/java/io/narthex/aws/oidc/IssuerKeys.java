package io.narthex.aws.oidc;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.OidcIssuer;
import io.narthex.cache.principal.WebToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jose4j.jwk.JsonWebKey;

/**
 * The keys of one issuer, as they were some minutes ago. A key that is not among them makes us ask
 * again, but not for everybody who comes with a name of a key: once in a while, and by one at a
 * time. Whose key was there before does not wait for it; and while the issuer does not answer, its
 * last keys go on for an hour.
 */
final class IssuerKeys {
  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration THROTTLE = Duration.ofSeconds(30);

  /** How old keys can be that count because the issuer does not tell newer ones. */
  static final Duration LAST = Duration.ofHours(1);

  private final IssuerDoor door;
  private final Clock clock;
  private volatile Read last = new Read(PublishedKeys.NONE, Instant.MIN);
  private Optional<FutureTask<PublishedKeys>> fetch = Optional.empty();
  private Instant triedAt = Instant.MIN;

  IssuerKeys(IssuerDoor door, Clock clock) {
    this.door = requireNonNull(door, "door is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  private record Read(PublishedKeys keys, Instant at) {
    Optional<JsonWebKey> find(WebToken token, Duration age, Instant now) {
      return at.isAfter(now.minus(age)) ? keys.find(token) : Optional.empty();
    }
  }

  /**
   * A fetch that is under way.
   *
   * @param isOurs whether nobody else has begun it
   */
  private record Fetch(FutureTask<PublishedKeys> task, boolean isOurs) {}

  /** The one key that a token can be signed with. */
  JsonWebKey of(OidcIssuer issuer, WebToken token) throws IssuerException {
    Instant now = clock.instant();
    Optional<JsonWebKey> fresh = last.find(token, FRESH, now);
    if (fresh.isPresent()) {
      return fresh.get();
    }
    Optional<Fetch> fetch = fetch(issuer, now);
    // What was read since we looked counts too.
    Read newest = last;
    Optional<JsonWebKey> old = newest.find(token, LAST, now);
    if (fetch.isPresent() && (fetch.get().isOurs() || old.isEmpty())) {
      return find(token, fetch.get(), old);
    }
    boolean isTold = newest.at().isAfter(now.minus(FRESH));
    return old.orElseThrow(
        () -> new IssuerException(isTold ? "it has no such key" : "it did not tell its keys"));
  }

  private static JsonWebKey find(WebToken token, Fetch fetch, Optional<JsonWebKey> old)
      throws IssuerException {
    PublishedKeys keys;
    try {
      keys = outcome(fetch);
    } catch (IssuerException e) {
      return old.orElseThrow(() -> e);
    }
    // Not the old one: the issuer has just told that it is none of its keys any more.
    return keys.find(token).orElseThrow(() -> new IssuerException("it has no such key"));
  }

  /** One to take part in; empty if the last was not long enough ago. */
  private synchronized Optional<Fetch> fetch(OidcIssuer issuer, Instant now) {
    if (fetch.isPresent() && !fetch.get().isDone()) {
      return Optional.of(new Fetch(fetch.get(), false));
    }
    if (triedAt.isAfter(now.minus(THROTTLE))) {
      return Optional.empty();
    }
    triedAt = now;
    var task = new FutureTask<PublishedKeys>(() -> read(issuer, now));
    fetch = Optional.of(task);
    return Optional.of(new Fetch(task, true));
  }

  private PublishedKeys read(OidcIssuer issuer, Instant now) throws IssuerException {
    PublishedKeys read = PublishedKeys.of(door, issuer);
    last = new Read(read, now);
    return read;
  }

  // Who began it does it; the others wait for no longer than the door lets an issuer take.
  private static PublishedKeys outcome(Fetch fetch) throws IssuerException {
    if (fetch.isOurs()) {
      fetch.task().run();
    }
    try {
      return fetch.task().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IssuerException reason
          ? reason
          : new IssuerException("its keys could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IssuerException("interrupted", e);
    }
  }
}
