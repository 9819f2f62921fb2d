package io.narthex.local.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bucket policy, two doors: in 20,000 cases of a policy, a principal and an object with tags
 * the S3 endpoint, the serving function and the policy module on its own say the same.
 */
class BothDoorsTest {
  private static final int POLICIES = 400;
  private static final int CASES_OF_EACH = 50;
  private static final long SEED = 5;

  private static final Map<String, Map<String, String>> OBJECTS = objects();

  @TempDir private Path data;
  private TwoDoors doors;

  @BeforeEach
  void start() {
    doors = new TwoDoors(data);
    OBJECTS.forEach(doors::put);
  }

  @AfterEach
  void stop() {
    doors.close();
  }

  private static Map<String, Map<String, String>> objects() {
    String hash = "0000000000000000000000000000000";
    return Map.of(
        hash + "0.narinfo",
        Map.of(),
        hash + "1.narinfo",
        Map.of("team", "a"),
        hash + "2.narinfo",
        Map.of("team", "b", "level", "2"),
        hash + "3.narinfo",
        Map.of("team", "A"),
        "nar/a.nar",
        Map.of(),
        "nar/b.nar.xz",
        Map.of("team", "a", "level", "10"),
        "nar/none.nar.zst",
        Map.of("team", "b"),
        "nar/" + hash + "4.nar",
        Map.of("team", "a b"));
  }

  @Test
  void agreeInTwentyThousandCases() {
    var random = new Random(SEED);
    List<String> keys = OBJECTS.keySet().stream().sorted().toList();
    var policies = new RandomBucketPolicy(random, keys);
    List<Optional<Person>> people =
        new ArrayList<>(Person.all().stream().map(Optional::of).toList());
    people.add(Optional.empty());
    List<String> disagreements = new ArrayList<>();
    int allowed = 0;
    for (int i = 0; i < POLICIES; i++) {
      String policy = policies.next();
      doors.policy(policy);
      ApiDoor api = doors.api();
      for (int n = 0; n < CASES_OF_EACH; n++) {
        Optional<Person> person = people.get(random.nextInt(people.size()));
        String key = keys.get(random.nextInt(keys.size()));
        boolean module = moduleAllows(policy, person, key);
        boolean s3 = doors.s3Allows(person, key);
        boolean door = api.allows(person, key);
        allowed += module ? 1 : 0;
        if (module != s3 || module != door) {
          disagreements.add(
              "%s reads %s: module %s, S3 %s, API %s%n%s"
                  .formatted(
                      person.map(Person::name).orElse("nobody"), key, module, s3, door, policy));
        }
      }
    }
    assertThat(disagreements).isEmpty();
    // Or the cases would say little.
    assertThat(allowed).isBetween(POLICIES * CASES_OF_EACH / 6, POLICIES * CASES_OF_EACH / 2);
  }

  private static boolean moduleAllows(String json, Optional<Person> person, String key) {
    try {
      Decision decision =
          Authorizer.decide(
              Optional.of(PolicyDocument.parse(json)),
              Person.ACCOUNT,
              person.map(Person::identityPolicies).orElse(List.of()),
              new AccessRequest(
                  person.map(Person::principal).orElse(new Principal.Anonymous()),
                  "s3:GetObject",
                  "arn:aws:s3:::" + TwoDoors.BUCKET + "/" + key,
                  context(person, OBJECTS.getOrDefault(key, Map.of()))));
      return decision instanceof Decision.Allow;
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(json, e);
    }
  }

  private static RequestContext context(Optional<Person> person, Map<String, String> tags) {
    RequestContext.Builder context =
        RequestContext.builder()
            .absentUnder("")
            .value("aws:ResourceAccount", Person.ACCOUNT)
            .value("s3:ResourceAccount", Person.ACCOUNT)
            .value("s3:ExistingObjectTag/nix-verdict", "verified")
            .value("aws:userid", person.map(Person::userId).orElse("anonymous"))
            .value("aws:SourceIp", "127.0.0.1")
            .value("aws:SecureTransport", "false")
            .value("aws:ViaAWSService", "false")
            .values("aws:PrincipalIsAWSService", person.map(_ -> "false").stream().toList())
            .value("aws:CurrentTime", Instant.now().toString())
            .value("aws:EpochTime", Long.toString(Instant.now().getEpochSecond()));
    tags.forEach((tag, value) -> context.value("s3:ExistingObjectTag/" + tag, value));
    person
        .map(Person::tags)
        .orElse(Map.of())
        .forEach((tag, value) -> context.value("aws:PrincipalTag/" + tag, value));
    return context.build();
  }
}
