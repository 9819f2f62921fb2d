package io.narthex.cache.principal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.principal.WebTokenSignatures.Good;
import io.narthex.cache.store.NewObject;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A door on a state bucket in memory; what signatures are worth is said by the test. */
final class Door {
  static final String ACCOUNT = "111122223333";
  static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/ci";

  final MovableClock clock = new MovableClock();
  final MemoryStore state = new MemoryStore(clock);
  final List<String> alarms = new ArrayList<>();
  WebTokenSignatures.Outcome signature = new Good();
  final StoredPrincipals settings = new StoredPrincipals(state, alarms::add, clock);
  final Tokens tokens = new Tokens(state, new Admittance(ACCOUNT, settings), clock);
  final DoorAuthenticator authenticator =
      new DoorAuthenticator(tokens, (_, _) -> signature, settings, ACCOUNT, clock);

  static TokenGrant grant(String principal) {
    return grant(principal, Map.of(), Duration.ofDays(90));
  }

  static TokenGrant grant(String principal, Map<String, String> tags, Duration life) {
    return new TokenGrant(
        PrincipalText.parse(principal),
        new SessionTags(tags),
        Optional.empty(),
        new TokenOrigin.Administrator(),
        "",
        life);
  }

  static String basic(String login, String password) {
    return basic(login + ":" + password);
  }

  static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  static String basic(IssuedToken issued) {
    return basic(issued.token().id().value(), issued.secret().reveal());
  }

  Authentication authenticate(String authorization) {
    return authenticator.authenticate(Optional.of(authorization));
  }

  /** Writes principals.json, whatever it is, and lets the old one be forgotten. */
  void principals(String json) {
    state.upload(StateKeys.principals().value(), NewObject.of(json, "").bytes());
    clock.advance(Duration.ofMinutes(2));
  }
}
