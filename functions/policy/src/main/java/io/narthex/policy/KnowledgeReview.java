package io.narthex.policy;

import io.narthex.policy.PrincipalPattern.Account;
import io.narthex.policy.PrincipalPattern.CanonicalUser;
import io.narthex.policy.PrincipalPattern.Deleted;
import io.narthex.policy.PrincipalPattern.Everyone;
import io.narthex.policy.PrincipalPattern.Role;
import io.narthex.policy.PrincipalPattern.Service;
import io.narthex.policy.PrincipalPattern.Session;
import io.narthex.policy.PrincipalPattern.User;
import io.narthex.policy.Remark.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a statement about reading depends on and Narthex's own door, the API, cannot know. */
final class KnowledgeReview {
  private static final Set<String> ASKED_AT_THE_DOOR = Set.of("s3:getobject", "s3:listbucket");

  private static final String VPC = "absent at the API, which no VPC endpoint leads to";
  private static final String NOT_TOLD =
      "indeterminate at the API for a known caller, of whom nobody tells it";
  private static final String UNKNOWN = "indeterminate at the API, where nobody finds it out";
  private static final String UNSIGNED = "absent at the API, where requests are not signed";
  private static final String SETTINGS =
      "known at the API only where the settings say it of the caller; else indeterminate";

  private static final Map<String, String> BY_KEY =
      Map.ofEntries(
          Map.entry("aws:sourcevpc", VPC),
          Map.entry("aws:sourcevpcarn", VPC),
          Map.entry("aws:sourcevpce", VPC),
          Map.entry("aws:vpcsourceip", VPC),
          Map.entry("aws:vpceaccount", VPC),
          Map.entry("aws:vpceorgid", VPC),
          Map.entry("aws:vpceorgpaths", VPC),
          Map.entry("aws:principalorgid", SETTINGS),
          Map.entry("aws:principalorgpaths", SETTINGS),
          Map.entry("aws:principaltag/", SETTINGS),
          Map.entry("aws:userid", NOT_TOLD),
          Map.entry("aws:tokenissuetime", NOT_TOLD),
          Map.entry("aws:multifactorauthpresent", NOT_TOLD),
          Map.entry("aws:multifactorauthage", NOT_TOLD),
          Map.entry("aws:federatedprovider", NOT_TOLD),
          Map.entry("aws:sourceidentity", NOT_TOLD),
          Map.entry("aws:assumedroot", NOT_TOLD),
          Map.entry("aws:resourceorgid", UNKNOWN),
          Map.entry("aws:resourceorgpaths", UNKNOWN),
          Map.entry("aws:resourcetag/", UNKNOWN),
          Map.entry("s3:buckettag/", UNKNOWN),
          Map.entry("s3:tlsversion", UNKNOWN),
          Map.entry("s3:authtype", UNSIGNED),
          Map.entry("s3:signatureage", UNSIGNED),
          Map.entry("s3:signatureversion", UNSIGNED),
          Map.entry("s3:x-amz-content-sha256", UNSIGNED));

  private KnowledgeReview() {}

  static List<Remark> of(ReviewedStatement subject) {
    List<Remark> remarks = new ArrayList<>();
    if (ASKED_AT_THE_DOOR.stream().noneMatch(subject::isAbout)) {
      return remarks;
    }
    String element =
        subject.statement().principals() instanceof PrincipalElement.AllExcept
            ? "NotPrincipal"
            : "Principal";
    subject.statement().principals().patterns().stream()
        .map(pattern -> ofPrincipal(pattern, subject.statement().effect()))
        .flatMap(Optional::stream)
        .distinct()
        .forEach(message -> remarks.add(remark(subject.where(element), message)));
    for (String key : subject.keys()) {
      String message = BY_KEY.get(family(key));
      if (message != null) {
        remarks.add(remark(where(subject, key), key + " is " + message));
      }
    }
    return remarks;
  }

  private static Optional<String> ofPrincipal(PrincipalPattern pattern, Effect effect) {
    return switch (pattern) {
      case Account _ when effect == Effect.ALLOW ->
          Optional.of(
              "leaves it to the identity policies of the account's callers, which the API does not"
                  + " see: it refuses them");
      case CanonicalUser _ ->
          Optional.of("which account a canonical user is, only the settings can say");
      case Service _ -> Optional.of("no AWS service asks at the API");
      case Account _, Everyone _, User _, Role _, Session _, Deleted _ -> Optional.empty();
    };
  }

  private static String family(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash + 1);
  }

  /** The condition that looks at the key; the statement, if a variable does. */
  private static String where(ReviewedStatement subject, String key) {
    return subject.statement().conditions().stream()
        .filter(condition -> RequestContext.canonical(condition.key()).equals(key))
        .map(subject::where)
        .findFirst()
        .orElseGet(() -> subject.where("Resource"));
  }

  private static Remark remark(String where, String message) {
    return new Remark(Kind.NOT_KNOWN_HERE, where, message);
  }
}
