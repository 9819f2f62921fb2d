package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Only {@link MalformedPolicyException} escapes the parser, and what it accepts can be decided on.
 */
class PolicyFuzzTest {
  private static final String[] PIECES = {
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "*",
    "${",
    "null",
    "true",
    "-1e999999999",
    "\\u0000",
    "\\ud800",
    "\"Deny\"",
    "\"NotPrincipal\"",
    "\"NotAction\"",
    "\"Null\"",
    "\"IfExists\"",
    "arn:aws:",
    "root",
    "\u0000",
    "\ud83d",
    "/",
    "?"
  };

  private final Random random = new Random(13);
  private int accepted;
  private int refused;

  @Test
  void survivesMutationsOfARealPolicy() {
    String json = Given.resource("example-nix-cache.json");
    for (int i = 0; i < 10_000; i++) {
      tryOut(mutated(json, 1 + random.nextInt(4)));
    }
    assertThat(accepted).isPositive();
    assertThat(refused).isPositive();
  }

  @Test
  void survivesMutationsOfRandomPolicies() {
    RandomPolicies policies = new RandomPolicies(14);
    for (int i = 0; i < 10_000; i++) {
      tryOut(mutated(policies.bucketPolicy().write(), 1 + random.nextInt(2)));
    }
    assertThat(accepted).isPositive();
    assertThat(refused).isPositive();
  }

  @Test
  void survivesMutationsOfIdentityPolicies() {
    RandomPolicies policies = new RandomPolicies(15);
    for (int i = 0; i < 10_000; i++) {
      String json = mutated(policies.identityPolicy().write(), 1 + random.nextInt(2));
      try {
        PolicyDocument policy = PolicyDocument.parseIdentityPolicy(json);
        assertThat(PolicyDocument.parseIdentityPolicy(policy.write())).isEqualTo(policy);
        accepted++;
      } catch (MalformedPolicyException e) {
        refused++;
      }
    }
    assertThat(accepted).isPositive();
    assertThat(refused).isPositive();
  }

  @Test
  void survivesNoise() {
    for (int i = 0; i < 10_000; i++) {
      StringBuilder noise = new StringBuilder("{");
      for (int j = random.nextInt(30); j > 0; j--) {
        noise.append(PIECES[random.nextInt(PIECES.length)]);
      }
      tryOut(noise.toString());
    }
    assertThat(refused).isEqualTo(10_000);
  }

  @Test
  void survivesLongTextsInEveryPlace() {
    String[] fills = {"a", "a.", "aws-", "*", "?", ":", "/", "a:", "1", "[", "{\"a\":"};
    String json = Given.resource("example-nix-cache.json").replaceAll("\\s+", "");
    String[] parts = json.split("\"", -1);
    for (int i = 1; i < parts.length; i += 2) {
      for (String fill : fills) {
        String[] changed = parts.clone();
        changed[i] = fill.repeat(15_000 / fill.length());
        tryOut(String.join("\"", changed));
        changed[i] = parts[i] + changed[i];
        tryOut(String.join("\"", changed));
      }
    }
    assertThat(accepted).isPositive();
    assertThat(refused).isPositive();
  }

  private void tryOut(String json) {
    try {
      PolicyDocument policy = PolicyDocument.parse(json);
      assertThat(PolicyDocument.parse(policy.write(), 1 << 20)).isEqualTo(policy);
      assertThat(Given.decide(policy, Given.get(Given.USER, RequestContext.builder().build())))
          .isNotNull();
      assertThat(PolicyReview.of(json, Optional.of("b"))).isNotNull();
      assertThat(PublicAccess.isPublic(policy)).isIn(true, false);
      accepted++;
    } catch (MalformedPolicyException e) {
      assertThat(e.getMessage()).isNotEmpty();
      refused++;
    }
  }

  private String mutated(String json, int times) {
    StringBuilder text = new StringBuilder(json);
    for (int i = 0; i < times; i++) {
      int at = 1 + random.nextInt(text.length() - 1);
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        default -> text.setCharAt(at, (char) random.nextInt(0x180));
      }
    }
    return text.toString();
  }
}
