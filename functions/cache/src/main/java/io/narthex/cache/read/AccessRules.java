package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.KnownAccount;
import io.narthex.cache.principal.PrincipalSettingsSource;
import java.time.Clock;
import java.util.Optional;

/** Finds out what a caller may do as of now. */
final class AccessRules {
  private final CacheBucket bucket;
  private final ReadContexts contexts;
  private final BucketPolicies policies;
  private final PrincipalSettingsSource principals;
  private final CanonicalAccounts canonical;
  private final Clock clock;

  AccessRules(ReadPorts ports, CacheBucket bucket) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.contexts = new ReadContexts(bucket);
    this.policies = ports.policies();
    this.principals = ports.principals();
    this.canonical = new CanonicalAccounts(ports.principals());
    this.clock = ports.clock();
  }

  /** Policy, settings and time stay as they are for all of the request. */
  CallerAccess access(Caller caller) {
    var asking = new Asking(caller, account(caller), canonical.current(), clock.instant());
    return new CallerAccess(policies.current(), bucket, contexts, asking);
  }

  private Optional<KnownAccount> account(Caller caller) {
    return caller
        .principal()
        .accountId()
        .flatMap(id -> Optional.ofNullable(principals.current().accounts().get(id)));
  }
}
