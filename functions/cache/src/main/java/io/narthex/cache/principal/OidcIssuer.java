package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Somebody whose tokens are taken at our door.
 *
 * @param audiences the {@code aud} that its tokens must have, one of these; at least one, and never
 *     one that is meant for others too
 * @param maxAge how long after its {@code iat} a token is good at most, whatever its {@code exp}
 * @param keyHosts the hosts, besides its own, that its keys may be on
 * @param mappings the first that matches is taken; without one nobody is let in
 */
public record OidcIssuer(
    IssuerUrl url,
    Set<String> audiences,
    Duration maxAge,
    Set<String> keyHosts,
    List<IssuerMapping> mappings) {
  /** A token of GitHub Actions lives minutes, one of a GitLab job as long as the job. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(1);

  private static final Duration MAX_AGE = Duration.ofDays(1);

  public OidcIssuer {
    requireNonNull(url, "url is null");
    audiences = Set.copyOf(audiences);
    keyHosts = Set.copyOf(keyHosts);
    mappings = List.copyOf(mappings);
    if (audiences.isEmpty() || audiences.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("an issuer has at least one audience");
    }
    if (!maxAge.isPositive() || maxAge.compareTo(MAX_AGE) > 0) {
      throw new IllegalArgumentException("the age of a token is at most a day");
    }
    if (!keyHosts.stream().allMatch(IssuerUrl::isName)) {
      throw new IllegalArgumentException("keys are on a host by its full name");
    }
  }
}
