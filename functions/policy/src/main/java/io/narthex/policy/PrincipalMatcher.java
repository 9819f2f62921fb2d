package io.narthex.policy;

import io.narthex.policy.Inquiry.RoleName;
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

  /** Whether whoever asks is meant, so that nothing need be compared. */
  private final boolean isAnyone;

  /**
   * One of them.
   *
   * @param account of a user
   * @param role of a role
   */
  private record Entry(PrincipalPattern pattern, String account, Optional<RoleName> role) {
    static Entry of(PrincipalPattern pattern) {
      return new Entry(
          pattern,
          pattern instanceof User(String arn) ? Arn.parse(arn).map(Arn::account).orElse("") : "",
          pattern instanceof Role(String arn) ? RoleName.of(arn) : Optional.empty());
    }
  }

  PrincipalMatcher(PrincipalElement element) {
    this.element = element;
    this.entries = element.patterns().stream().map(Entry::of).toArray(Entry[]::new);
    this.isAnyone =
        switch (element) {
          case PrincipalElement.Named(var patterns) ->
              patterns.stream().anyMatch(Everyone.class::isInstance);
          case PrincipalElement.AllExcept _ -> false;
          case PrincipalElement.Holder _ -> true;
        };
  }

  PrincipalMatch match(Inquiry inquiry) {
    if (isAnyone) {
      return PrincipalMatch.DIRECT;
    }
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
    return switch (entry.pattern()) {
      case Everyone _ -> PrincipalMatch.DIRECT;
      case Account(String id) ->
          inquiry.isOfAccount(id) ? PrincipalMatch.ACCOUNT : PrincipalMatch.NONE;
      case User(String arn) -> user(arn, entry.account(), inquiry);
      case Role(String arn) ->
          direct(entry.role().filter(role -> inquiry.isOfRole(arn, role)).isPresent());
      case Session(String arn) ->
          direct(inquiry.session().isPresent() && inquiry.session().get().equals(arn));
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
  private static PrincipalMatch user(String arn, String account, Inquiry inquiry) {
    if (inquiry.caller() instanceof FederatedUser) {
      return inquiry.isOfAccount(account) ? PrincipalMatch.INDETERMINATE : PrincipalMatch.NONE;
    }
    return direct(inquiry.caller() instanceof IamUser user && user.arn().equals(arn));
  }

  private static PrincipalMatch direct(boolean isNamed) {
    return isNamed ? PrincipalMatch.DIRECT : PrincipalMatch.NONE;
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
