package io.narthex.policy;

import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.IamUser;
import io.narthex.policy.PrincipalPattern.Account;
import io.narthex.policy.PrincipalPattern.CanonicalUser;
import io.narthex.policy.PrincipalPattern.Deleted;
import io.narthex.policy.PrincipalPattern.Everyone;
import io.narthex.policy.PrincipalPattern.Role;
import io.narthex.policy.PrincipalPattern.Service;
import io.narthex.policy.PrincipalPattern.Session;
import io.narthex.policy.PrincipalPattern.User;
import java.util.List;
import java.util.Optional;

/** How a statement's principals match a caller, weakest first. */
enum PrincipalMatch {
  NONE,
  /** It cannot be told. */
  INDETERMINATE,
  /** Only the caller's account is named: an Allow delegates to the account's own policies. */
  ACCOUNT,
  /** The caller itself is named, or everyone is. */
  DIRECT;

  Truth truth() {
    return switch (this) {
      case NONE -> Truth.FALSE;
      case INDETERMINATE -> Truth.INDETERMINATE;
      case ACCOUNT, DIRECT -> Truth.TRUE;
    };
  }

  static PrincipalMatch of(PrincipalElement element, Principal caller) {
    return switch (element) {
      case PrincipalElement.Named named -> strongest(named.patterns(), caller);
      case PrincipalElement.AllExcept except -> isExempt(except.patterns(), caller) ? NONE : DIRECT;
      case PrincipalElement.Holder _ -> DIRECT;
    };
  }

  private static PrincipalMatch strongest(List<PrincipalPattern> patterns, Principal caller) {
    PrincipalMatch result = NONE;
    for (PrincipalPattern pattern : patterns) {
      PrincipalMatch match = of(pattern, caller);
      result = match.compareTo(result) > 0 ? match : result;
    }
    return result;
  }

  private static PrincipalMatch of(PrincipalPattern pattern, Principal caller) {
    return switch (pattern) {
      case Everyone _ -> DIRECT;
      case Account account -> caller.accountId().equals(Optional.of(account.id())) ? ACCOUNT : NONE;
      case User user -> caller.equals(asUser(user)) ? DIRECT : NONE;
      case Role role -> caller instanceof AssumedRole c && isOf(c, role) ? DIRECT : NONE;
      case Session session ->
          caller instanceof AssumedRole c && c.sessionArn().equals(session.arn()) ? DIRECT : NONE;
      case Deleted _, Service _ -> NONE;
      // Which account a canonical id stands for is not in the document.
      case CanonicalUser _ -> caller instanceof Anonymous ? NONE : INDETERMINATE;
    };
  }

  private static IamUser asUser(User user) {
    return new IamUser(user.arn());
  }

  // A role's name is unique in its account, and its path may not be known: it is not in session
  // ARNs.
  private static boolean isOf(AssumedRole caller, Role role) {
    Arn actual = Arn.parse(caller.roleArn()).orElseThrow();
    Arn named = Arn.parse(role.arn()).orElseThrow();
    return actual.partition().equals(named.partition())
        && actual.account().equals(named.account())
        && actual.name().equals(named.name());
  }

  // AWS denies a caller of whom one level is not listed; that * lists everyone is nowhere said.
  private static boolean isExempt(List<PrincipalPattern> listed, Principal caller) {
    boolean account = listed.stream().anyMatch(p -> of(p, caller) == ACCOUNT);
    return switch (caller) {
      case Anonymous _ -> false;
      case AccountRoot _ -> account;
      case IamUser user -> account && listed.contains(new User(user.arn()));
      case AssumedRole session ->
          account
              && listed.contains(new Session(session.sessionArn()))
              && listed.stream().anyMatch(p -> p instanceof Role role && isOf(session, role));
    };
  }
}
