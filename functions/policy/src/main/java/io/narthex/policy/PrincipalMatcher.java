package io.narthex.policy;

import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.FederatedUser;
import io.narthex.policy.Principal.IamUser;
import io.narthex.policy.PrincipalPattern.Account;
import io.narthex.policy.PrincipalPattern.CanonicalUser;
import io.narthex.policy.PrincipalPattern.Deleted;
import io.narthex.policy.PrincipalPattern.Everyone;
import io.narthex.policy.PrincipalPattern.Role;
import io.narthex.policy.PrincipalPattern.Service;
import io.narthex.policy.PrincipalPattern.Session;
import io.narthex.policy.PrincipalPattern.User;
import java.util.Optional;

/** The principals of a statement, ready to be compared with callers. */
final class PrincipalMatcher {
  private final PrincipalElement element;
  private final Entry[] entries;

  /**
   * One of them.
   *
   * @param role the segments of a role's ARN
   */
  private record Entry(PrincipalPattern pattern, Optional<Arn> role) {
    static Entry of(PrincipalPattern pattern) {
      return new Entry(
          pattern, pattern instanceof Role role ? Arn.parse(role.arn()) : Optional.empty());
    }
  }

  PrincipalMatcher(PrincipalElement element) {
    this.element = element;
    this.entries = element.patterns().stream().map(Entry::of).toArray(Entry[]::new);
  }

  PrincipalMatch match(Inquiry inquiry) {
    return switch (element) {
      case PrincipalElement.Named _ -> strongest(inquiry);
      case PrincipalElement.AllExcept _ ->
          isExempt(inquiry) ? PrincipalMatch.NONE : PrincipalMatch.DIRECT;
      case PrincipalElement.Holder _ -> PrincipalMatch.DIRECT;
    };
  }

  private PrincipalMatch strongest(Inquiry inquiry) {
    PrincipalMatch strongest = PrincipalMatch.NONE;
    for (Entry entry : entries) {
      PrincipalMatch match = match(entry, inquiry);
      strongest = match.compareTo(strongest) > 0 ? match : strongest;
    }
    return strongest;
  }

  private static PrincipalMatch match(Entry entry, Inquiry inquiry) {
    Principal caller = inquiry.caller();
    return switch (entry.pattern()) {
      case Everyone _ -> PrincipalMatch.DIRECT;
      case Account(String id) ->
          inquiry.isOfAccount(id) ? PrincipalMatch.ACCOUNT : PrincipalMatch.NONE;
      case User(String arn) -> user(arn, inquiry);
      case Role _ -> direct(isOf(inquiry.role(), entry.role()));
      case Session(String arn) -> direct(session(caller).filter(arn::equals).isPresent());
      case Deleted _, Service _ -> PrincipalMatch.NONE;
      case CanonicalUser(String id) -> canonicalUser(id, inquiry);
    };
  }

  // Which account a canonical id stands for is not in the document.
  private static PrincipalMatch canonicalUser(String id, Inquiry inquiry) {
    if (inquiry.caller() instanceof Anonymous) {
      return PrincipalMatch.NONE;
    }
    Optional<String> account = inquiry.accountOf(id);
    if (account.isEmpty()) {
      return PrincipalMatch.INDETERMINATE;
    }
    return inquiry.isOfAccount(account.get()) ? PrincipalMatch.ACCOUNT : PrincipalMatch.NONE;
  }

  // A federated user has the user it comes from for a principal too, and does not say who that is.
  private static PrincipalMatch user(String arn, Inquiry inquiry) {
    if (inquiry.caller() instanceof FederatedUser) {
      return inquiry.isOfAccount(Arn.parse(arn).map(Arn::account).orElse(""))
          ? PrincipalMatch.INDETERMINATE
          : PrincipalMatch.NONE;
    }
    return direct(inquiry.caller() instanceof IamUser user && user.arn().equals(arn));
  }

  private static Optional<String> session(Principal caller) {
    return switch (caller) {
      case AssumedRole role -> role.sessionArn();
      case FederatedUser user -> Optional.of(user.arn());
      case Anonymous _, AccountRoot _, IamUser _ -> Optional.empty();
    };
  }

  private static PrincipalMatch direct(boolean isNamed) {
    return isNamed ? PrincipalMatch.DIRECT : PrincipalMatch.NONE;
  }

  // A role's name is unique in its account, and its path may not be known: it is not in session
  // ARNs.
  private static boolean isOf(Optional<Arn> caller, Optional<Arn> named) {
    return caller.isPresent()
        && named.isPresent()
        && caller.get().partition().equals(named.get().partition())
        && caller.get().account().equals(named.get().account())
        && caller.get().name().equals(named.get().name());
  }

  // AWS denies a caller of whom one level is not listed; that * lists everyone is nowhere said.
  private boolean isExempt(Inquiry inquiry) {
    return switch (inquiry.caller()) {
      case Anonymous _ -> false;
      case AccountRoot _ -> listsAccount(inquiry);
      case IamUser _ -> listsAccount(inquiry) && lists(User.class, inquiry);
      case AssumedRole _ ->
          listsAccount(inquiry) && lists(Session.class, inquiry) && lists(Role.class, inquiry);
      // Of whom the user it comes from is not known, and so cannot be seen to be listed.
      case FederatedUser _ -> false;
    };
  }

  private boolean listsAccount(Inquiry inquiry) {
    for (Entry entry : entries) {
      if (match(entry, inquiry) == PrincipalMatch.ACCOUNT) {
        return true;
      }
    }
    return false;
  }

  private boolean lists(Class<? extends PrincipalPattern> level, Inquiry inquiry) {
    for (Entry entry : entries) {
      if (level.isInstance(entry.pattern()) && match(entry, inquiry) != PrincipalMatch.NONE) {
        return true;
      }
    }
    return false;
  }
}
