package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One rule of a policy: it applies when the principal, the action, the resource and every condition
 * match.
 *
 * @param sid the statement's name
 * @param effect what it does when it applies
 * @param principals whom it is about; not {@code NotPrincipal} in an Allow, which AWS does not
 *     support
 * @param actions what it lets do or forbids
 * @param resources what it is about
 * @param conditions all must hold; kept grouped by operator; a key once an operator, in any case
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html">Statement</a>
 */
public record Statement(
    Optional<String> sid,
    Effect effect,
    PrincipalElement principals,
    ActionElement actions,
    ResourceElement resources,
    List<Condition> conditions) {
  public Statement {
    requireNonNull(sid, "sid is null");
    requireNonNull(effect, "effect is null");
    requireNonNull(principals, "principals is null");
    requireNonNull(actions, "actions is null");
    requireNonNull(resources, "resources is null");
    conditions = grouped(conditions);
    if (effect == Effect.ALLOW && principals instanceof PrincipalElement.AllExcept) {
      throw new IllegalArgumentException("NotPrincipal with Allow");
    }
  }

  private static List<Condition> grouped(List<Condition> conditions) {
    Map<ConditionOperator, List<Condition>> groups = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Condition condition : conditions) {
      groups.computeIfAbsent(condition.operator(), o -> new ArrayList<>()).add(condition);
      String line = condition.operator().text() + " " + RequestContext.canonical(condition.key());
      if (!seen.add(line)) {
        throw new IllegalArgumentException("twice: " + line);
      }
    }
    return groups.values().stream().flatMap(List::stream).toList();
  }

  boolean isOfIdentityPolicy() {
    return principals instanceof PrincipalElement.Holder;
  }

  Stream<String> notUnderstood(PolicyVersion version, CanonicalUsers canonicalUsers) {
    return Stream.concat(
        canonicalUsers().filter(id -> canonicalUsers.account(id).isEmpty()),
        conditions.stream().flatMap(c -> c.notUnderstood(version)));
  }

  // Which account a canonical id stands for is not in the document.
  private Stream<String> canonicalUsers() {
    return principals.patterns().stream()
        .filter(p -> p instanceof PrincipalPattern.CanonicalUser)
        .map(PrincipalPattern::text);
  }
}
