package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.PrincipalSettingsSource;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.ObjectStore;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * All that reads need of the world.
 *
 * @param state the state bucket, for reports
 * @param url of the cache as clients write it, for the page; it need not be known
 */
public record ReadPorts(
    VerifiedStore cache,
    ObjectStore state,
    BucketPolicies policies,
    SettingsSource settings,
    PrincipalSettingsSource principals,
    Clock clock,
    Sleeper sleeper,
    Optional<URI> url) {
  public ReadPorts {
    requireNonNull(cache, "cache is null");
    requireNonNull(state, "state is null");
    requireNonNull(policies, "policies is null");
    requireNonNull(settings, "settings is null");
    requireNonNull(principals, "principals is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(sleeper, "sleeper is null");
    requireNonNull(url, "url is null");
  }

  /** Where nothing is known of principals and their accounts. */
  public ReadPorts(
      VerifiedStore cache,
      ObjectStore state,
      BucketPolicies policies,
      SettingsSource settings,
      Clock clock,
      Sleeper sleeper,
      Optional<URI> url) {
    this(cache, state, policies, settings, () -> PrincipalSettings.NONE, clock, sleeper, url);
  }
}
