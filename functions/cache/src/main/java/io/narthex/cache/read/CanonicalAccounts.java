package io.narthex.cache.read;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.PrincipalSettingsSource;
import io.narthex.policy.CanonicalUsers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The canonical user ids that the settings tell the accounts of. */
final class CanonicalAccounts {
  private final PrincipalSettingsSource settings;
  private volatile Known known = new Known(PrincipalSettings.NONE, CanonicalUsers.none());

  /** What was made of settings, so that it is made once for all requests under them. */
  private record Known(PrincipalSettings settings, CanonicalUsers users) {}

  CanonicalAccounts(PrincipalSettingsSource settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** As the settings are now. */
  CanonicalUsers current() {
    PrincipalSettings now = settings.current();
    Known last = known;
    if (last.settings().equals(now)) {
      return last.users();
    }
    CanonicalUsers users = of(now);
    known = new Known(now, users);
    return users;
  }

  // An id that two accounts are said to have is nobody's.
  private static CanonicalUsers of(PrincipalSettings settings) {
    Map<String, String> accounts = new HashMap<>();
    Set<String> twice = new HashSet<>();
    settings
        .accounts()
        .forEach(
            (account, about) ->
                about
                    .canonicalId()
                    .map(id -> id.toLowerCase(ROOT))
                    .filter(id -> accounts.put(id, account) != null)
                    .ifPresent(twice::add));
    twice.forEach(accounts::remove);
    return new CanonicalUsers(accounts);
  }
}
