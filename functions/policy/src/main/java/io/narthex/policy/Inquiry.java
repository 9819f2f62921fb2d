package io.narthex.policy;

import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.FederatedUser;
import java.util.Optional;

/** A request in the forms in which statements look at it, each made once. */
final class Inquiry {
  private final AccessRequest request;
  private final String foldedAction;
  private final String account;
  private final Optional<RoleName> role;
  private final boolean isPathTold;
  private final Optional<String> session;

  /**
   * What tells a role from others where its path is not known: it is not in session ARNs, and a
   * role's name is unique in its account.
   */
  record RoleName(String partition, String account, String name) {
    static Optional<RoleName> of(String roleArn) {
      return Arn.parse(roleArn)
          .map(arn -> new RoleName(arn.partition(), arn.account(), arn.name()));
    }
  }

  private final CanonicalUsers canonicalUsers;

  Inquiry(AccessRequest request, CanonicalUsers canonicalUsers) {
    this.request = request;
    this.canonicalUsers = canonicalUsers;
    this.foldedAction = Typed.fold(request.action());
    this.account = request.principal().accountId().orElse("");
    this.role =
        request.principal() instanceof AssumedRole caller
            ? RoleName.of(caller.roleArn())
            : Optional.empty();
    this.isPathTold = request.principal() instanceof AssumedRole caller && caller.isPathTold();
    this.session = session(request.principal());
  }

  private static Optional<String> session(Principal caller) {
    if (caller instanceof AssumedRole role) {
      return role.sessionArn();
    }
    return caller instanceof FederatedUser user ? Optional.of(user.arn()) : Optional.empty();
  }

  Principal caller() {
    return request.principal();
  }

  String action() {
    return request.action();
  }

  /** The action in lower case. */
  String foldedAction() {
    return foldedAction;
  }

  String resource() {
    return request.resource();
  }

  RequestContext context() {
    return request.context();
  }

  boolean isOfAccount(String id) {
    return account.equals(id);
  }

  /** The account that a canonical user id stands for, if that is known. */
  Optional<String> accountOf(String canonicalUserId) {
    return canonicalUsers.account(canonicalUserId);
  }

  /** Whether the caller is a session of a role or speaks for it; the name is that of the ARN. */
  boolean isOfRole(String roleArn, RoleName name) {
    return isPathTold
        ? caller() instanceof AssumedRole role && role.roleArn().equals(roleArn)
        : this.role.filter(name::equals).isPresent();
  }

  /** The ARN of the caller's session, if it is one. */
  Optional<String> session() {
    return session;
  }
}
