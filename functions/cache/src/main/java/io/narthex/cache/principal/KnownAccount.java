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
    canonicalId.ifPresent(KnownAccount::requireCanonical);
    organization.ifPresent(KnownAccount::requireOrganization);
  }

  private static void requireCanonical(String id) {
    if (id.length() != 64 || !id.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x7f)) {
      throw new IllegalArgumentException("a canonical id has 64 hexadecimal digits");
    }
  }

  private static void requireOrganization(String id) {
    if (!id.startsWith("o-") || !id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("not the id of an organization: " + id);
    }
  }

  static void requireId(String account) {
    if (account.length() != 12 || !account.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("not the id of an account: " + account);
    }
  }
}
