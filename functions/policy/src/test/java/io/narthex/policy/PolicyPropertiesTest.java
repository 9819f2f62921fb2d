package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.policy.Decision.Allow;
import io.narthex.policy.Decision.ExplicitDeny;
import io.narthex.policy.Decision.ImplicitDeny;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicyPropertiesTest {
  private static final int RUNS = 5_000;

  private final RandomPolicies random = new RandomPolicies(11);

  @Test
  void writingAndReadingIsIdentity() {
    for (int i = 0; i < RUNS; i++) {
      PolicyDocument policy = random.bucketPolicy();
      assertThat(Given.bucketPolicy(policy.write())).isEqualTo(policy);
    }
  }

  @Test
  void writingAndReadingIsIdentityForIdentityPolicies() {
    for (int i = 0; i < RUNS / 10; i++) {
      PolicyDocument policy = asIdentityPolicy(random.bucketPolicy());
      assertThat(Given.identityPolicy(policy.write())).isEqualTo(policy);
    }
  }

  @Test
  void orderOfStatementsDoesNotMatter() {
    Random order = new Random(12);
    Map<Class<?>, Integer> outcomes = new HashMap<>();
    for (int i = 0; i < RUNS; i++) {
      PolicyDocument policy = random.bucketPolicy();
      AccessRequest request = random.request(random.context());
      List<Statement> shuffled = new ArrayList<>(policy.statements());
      Collections.shuffle(shuffled, order);
      Decision decision = decide(policy, request);
      assertThat(decide(with(policy, shuffled), request)).hasSameClassAs(decision);
      outcomes.merge(decision.getClass(), 1, Integer::sum);
    }
    // The world is useful only if all three happen often.
    assertThat(outcomes).containsOnlyKeys(Allow.class, ExplicitDeny.class, ImplicitDeny.class);
    assertThat(outcomes.values()).allMatch(count -> count > RUNS / 20);
  }

  @Test
  void addingADenyNeverAllows() {
    for (int i = 0; i < RUNS; i++) {
      PolicyDocument policy = random.bucketPolicy();
      AccessRequest request = random.request(random.context());
      Decision before = decide(policy, request);
      Decision after = decide(adding(policy, random.statement(Effect.DENY)), request);
      assertThat(after instanceof Allow && !(before instanceof Allow)).isFalse();
    }
  }

  @Test
  void addingAnAllowNeverDenies() {
    for (int i = 0; i < RUNS; i++) {
      PolicyDocument policy = random.bucketPolicy();
      AccessRequest request = random.request(random.context());
      Decision before = decide(policy, request);
      Decision after = decide(adding(policy, random.statement(Effect.ALLOW)), request);
      assertThat(before instanceof Allow && !(after instanceof Allow)).isFalse();
      assertThat(after instanceof ExplicitDeny).isEqualTo(before instanceof ExplicitDeny);
    }
  }

  @Test
  void whatIsAllowedWithUnknownKeysIsAllowedWhateverTheirValues() {
    int allowed = 0;
    for (int i = 0; i < RUNS; i++) {
      PolicyDocument policy = random.bucketPolicy();
      RequestContext known = random.context();
      String key = random.pick(RandomPolicies.KEYS.subList(0, 2));
      AccessRequest request = random.request(known.toBuilder().unknown(key).build());
      if (decide(policy, request) instanceof Allow) {
        allowed++;
        AccessRequest refined =
            new AccessRequest(request.principal(), request.action(), request.resource(), known);
        assertThat(decide(policy, refined)).isInstanceOf(Allow.class);
      }
    }
    assertThat(allowed).isGreaterThan(RUNS / 20);
  }

  @Test
  void aConditionNotUnderstoodNeverAllows() {
    for (int i = 0; i < RUNS; i++) {
      PolicyDocument policy = random.bucketPolicy();
      AccessRequest request = random.request(random.context());
      PolicyDocument odd =
          with(policy, policy.statements().stream().map(s -> adding(s, "Sounds")).toList());
      // The owner's root user needs no statement.
      if (!request.principal().equals(Given.ROOT)) {
        assertThat(decide(odd, request)).isNotInstanceOf(Allow.class);
      }
      if (decide(policy, request) instanceof ExplicitDeny) {
        assertThat(decide(odd, request)).isInstanceOf(ExplicitDeny.class);
      }
    }
  }

  private static Decision decide(PolicyDocument policy, AccessRequest request) {
    return Given.decide(policy, request);
  }

  private static PolicyDocument with(PolicyDocument policy, List<Statement> statements) {
    return new PolicyDocument(policy.version(), policy.id(), statements);
  }

  private PolicyDocument adding(PolicyDocument policy, Statement statement) {
    List<Statement> statements = new ArrayList<>(policy.statements());
    statements.add(statement);
    return with(policy, statements);
  }

  private static Statement adding(Statement statement, String operator) {
    List<Condition> conditions = new ArrayList<>(statement.conditions());
    conditions.add(new Condition(ConditionOperator.of(operator), "aws:UserAgent", List.of("a")));
    return changed(statement, statement.principals(), conditions);
  }

  private static PolicyDocument asIdentityPolicy(PolicyDocument policy) {
    return with(
        policy,
        policy.statements().stream()
            .map(s -> changed(s, new PrincipalElement.Holder(), s.conditions()))
            .toList());
  }

  private static Statement changed(
      Statement s, PrincipalElement principals, List<Condition> conditions) {
    Optional<String> sid = s.sid();
    return new Statement(sid, s.effect(), principals, s.actions(), s.resources(), conditions);
  }
}
