package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What policies may ask about an AWS account.
 *
 * @param canonicalId of its {@code CanonicalUser}, 64 hexadecimal digits
 * @param organization its id, {@code aws:PrincipalOrgID}, e.g. {@code o-a1b2c3d4e5}
 * @param organizationPaths {@code aws:PrincipalOrgPaths}
 */
public record KnownAccount(
    Optional<String> canonicalId, Optional<String> organization, List<String> organizationPaths) {
  public KnownAccount {
    requireNonNull(canonicalId, "canonicalId is null");
    requireNonNull(organization, "organization is null");
    organizationPaths = List.copyOf(organizationPaths);
  }

  static void requireId(String account) {
    if (account.length() != 12 || !account.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("not the id of an account: " + account);
    }
  }
}
