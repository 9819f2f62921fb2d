package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.KnownAccount;
import io.narthex.policy.CanonicalUsers;
import java.time.Instant;
import java.util.Optional;

/**
 * Who asks and when: one moment for all of a request, however long its answer takes.
 *
 * @param account what the settings know of the caller's account; empty for one that they do not
 *     name, and for nobody in particular
 * @param canonicalUsers those that the settings tell the accounts of
 */
record Asking(
    Caller caller, Optional<KnownAccount> account, CanonicalUsers canonicalUsers, Instant now) {
  Asking {
    requireNonNull(caller, "caller is null");
    requireNonNull(account, "account is null");
    requireNonNull(canonicalUsers, "canonicalUsers is null");
    requireNonNull(now, "now is null");
  }
}
