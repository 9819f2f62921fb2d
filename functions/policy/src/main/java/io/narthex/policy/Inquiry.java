package io.narthex.policy;

import io.narthex.policy.Principal.AssumedRole;
import java.util.Optional;

/** A request in the forms in which statements look at it, each made once. */
final class Inquiry {
  private final AccessRequest request;
  private final String foldedAction;
  private final String account;
  private final Optional<Arn> role;

  private final CanonicalUsers canonicalUsers;

  Inquiry(AccessRequest request) {
    this(request, CanonicalUsers.none());
  }

  Inquiry(AccessRequest request, CanonicalUsers canonicalUsers) {
    this.request = request;
    this.canonicalUsers = canonicalUsers;
    this.foldedAction = Typed.fold(request.action());
    this.account = request.principal().accountId().orElse("");
    this.role =
        request.principal() instanceof AssumedRole session
            ? Arn.parse(session.roleArn())
            : Optional.empty();
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

  /** The caller's role, if it is a session of one. */
  Optional<Arn> role() {
    return role;
  }
}
