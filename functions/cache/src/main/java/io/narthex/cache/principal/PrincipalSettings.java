package io.narthex.cache.principal;

import io.narthex.policy.Principal;
import io.narthex.policy.Principal.AssumedRole;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may be known at our door besides the holders of tokens, and what AWS would know of accounts
 * and we must be told: {@code principals.json} in the state bucket.
 *
 * @param accounts by their 12-digit ids: of the bucket's own account what is known of it; another
 *     one is let in by being here, for the identity policies of its principals are nowhere to be
 *     seen
 * @param roles ARNs of roles with their paths, which sessions do not tell; no two of one account
 *     have one name, as on AWS
 * @param issuers whose tokens are taken; no two have one URL
 */
public record PrincipalSettings(
    Map<String, KnownAccount> accounts, Set<String> roles, List<OidcIssuer> issuers) {
  /** Nobody else, and nothing known. */
  public static final PrincipalSettings NONE = new PrincipalSettings(Map.of());

  public PrincipalSettings {
    accounts = Map.copyOf(accounts);
    roles = Set.copyOf(roles);
    issuers = List.copyOf(issuers);
    accounts.keySet().forEach(KnownAccount::requireId);
    var sessions = new HashSet<String>();
    for (String role : roles) {
      requireRole(role);
      if (!sessions.add(withoutPath(role))) {
        throw new IllegalArgumentException("two roles of one account are named as " + role);
      }
    }
    if (issuers.stream().map(OidcIssuer::url).distinct().count() < issuers.size()) {
      throw new IllegalArgumentException("two issuers have one URL");
    }
  }

  /** Of accounts alone. */
  public PrincipalSettings(Map<String, KnownAccount> accounts) {
    this(accounts, Set.of(), List.of());
  }

  static void requireRole(String arn) {
    if (!(Principal.parse(arn).orElse(new Principal.Anonymous()) instanceof AssumedRole role)
        || role.sessionArn().isPresent()) {
      throw new IllegalArgumentException("not the ARN of a role: " + arn);
    }
  }

  /** The issuer with this URL, letter by letter. */
  Optional<OidcIssuer> issuer(String url) {
    return issuers.stream().filter(issuer -> issuer.url().text().equals(url)).findFirst();
  }

  /** Whether tokens of an issuer can still stand for a principal. */
  boolean maps(String issuer, Principal principal) {
    return issuer(issuer).stream()
        .flatMap(one -> one.mappings().stream())
        .anyMatch(mapping -> resolved(mapping.principal()).equals(principal));
  }

  /** The principal, with the path of its role if that was not known and is known here. */
  public Principal resolved(Principal principal) {
    if (!(principal instanceof AssumedRole role) || role.isPathKnown()) {
      return principal;
    }
    return roles.stream()
        .filter(arn -> withoutPath(arn).equals(withoutPath(role.roleArn())))
        .findFirst()
        .<Principal>map(arn -> new AssumedRole(arn, role.sessionArn(), true))
        .orElse(principal);
  }

  private static String withoutPath(String roleArn) {
    int path = roleArn.indexOf(":role/") + ":role/".length();
    return roleArn.substring(0, path) + roleArn.substring(roleArn.lastIndexOf('/') + 1);
  }

  /** The accounts of the principals that mappings name. */
  Set<String> mappedAccounts() {
    return issuers.stream()
        .flatMap(issuer -> issuer.mappings().stream())
        .flatMap(mapping -> mapping.principal().accountId().stream())
        .collect(Collectors.toSet());
  }
}
