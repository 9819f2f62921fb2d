package io.narthex.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A Ceph RGW (16.2) decides on reads as our policy module does, in what it knows of the language.
 *
 * <p>What it does otherwise is not among the cases: it has no policy variables, no {@code
 * NotPrincipal}, no {@code ForAnyValue:} and {@code ForAllValues:} on tags, and no principal keys
 * but {@code aws:username}; the ARNs of its users have no account. A negated condition on a tag
 * that an object does not have holds on AWS and with us, and does not with it.
 */
@Tag("stores")
class CephRgwPolicyTest {
  private static final long SEED = 7;
  private static final int POLICIES = 60;
  private static final String UNTAGGED = "nar/untagged.nar";
  private static final String ACCOUNT = "111122223333";
  private static final List<Optional<String>> PEOPLE =
      List.of(Optional.of("ana"), Optional.of("ben"), Optional.empty());
  private static final Map<String, Map<String, String>> OBJECTS =
      Map.of(
          "one.narinfo",
          Map.of("team", "a"),
          "two.narinfo",
          Map.of("team", "b"),
          "nar/a.nar",
          Map.of("team", "ab"),
          UNTAGGED,
          Map.of("other", "a"));

  private final Random random = new Random(SEED);
  private final S3Access owner = ExternalStore.CEPH.access();
  private final ScratchBucket bucket = ScratchBucket.plain(owner);
  private final Map<Optional<String>, S3Client> clients =
      Map.of(
          PEOPLE.get(0), client("ana"), PEOPLE.get(1), client("ben"), PEOPLE.get(2), anonymous());

  private S3Client client(String name) {
    return S3Clients.client(
        new S3Access(
            owner.region(),
            owner.endpoint(),
            Optional.of(new StaticCredentials("AK" + name, "secret-" + name))));
  }

  private S3Client anonymous() {
    return S3Client.builder()
        .region(Region.of(owner.region()))
        .endpointOverride(owner.endpoint().orElseThrow())
        .forcePathStyle(true)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  @BeforeEach
  void putObjects() {
    OBJECTS.forEach(
        (key, tags) -> {
          String header = tags.entrySet().stream().map(Map.Entry::toString).findFirst().orElse("");
          var _ =
              bucket
                  .s3()
                  .putObject(
                      put -> put.bucket(bucket.name()).key(key).tagging(header),
                      RequestBody.fromString(key));
        });
  }

  @AfterEach
  void close() {
    clients.values().forEach(S3Client::close);
    bucket.close();
  }

  @Test
  void decidesAsWeDo() {
    List<String> disagreements = new ArrayList<>();
    int allowed = 0;
    for (int i = 0; i < POLICIES; i++) {
      String policy = policy();
      var _ = bucket.s3().putBucketPolicy(put -> put.bucket(bucket.name()).policy(policy));
      for (Optional<String> person : PEOPLE) {
        for (String key : OBJECTS.keySet()) {
          boolean ours = weAllow(policy, person, key);
          allowed += ours ? 1 : 0;
          if (ours != rgwAllows(person, key) && !isOfAnAbsentTag(policy, key)) {
            disagreements.add(
                "%s reads %s: we %s%n%s".formatted(person.orElse("nobody"), key, ours, policy));
          }
        }
      }
    }
    assertThat(disagreements).isEmpty();
    int cases = POLICIES * PEOPLE.size() * OBJECTS.size();
    assertThat(allowed).isBetween(cases / 6, cases * 2 / 3);
  }

  private static boolean isOfAnAbsentTag(String policy, String key) {
    return key.equals(UNTAGGED) && policy.contains("StringNot");
  }

  @Test
  void takesANegatedConditionOnAnAbsentTagForOneThatDoesNotHold() {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::%s/*", "Condition": {"StringNotEquals": {"s3:ExistingObjectTag/team": "a"}}}]}
        """
            .formatted(bucket.name());
    var _ = bucket.s3().putBucketPolicy(put -> put.bucket(bucket.name()).policy(policy));
    assertThat(weAllow(policy, Optional.empty(), UNTAGGED)).isTrue();
    assertThat(rgwAllows(Optional.empty(), UNTAGGED)).isFalse();
    assertThat(rgwAllows(Optional.empty(), "two.narinfo")).isTrue();
  }

  private String policy() {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      statements.add(statement());
    }
    return "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(",\n", statements) + "]}";
  }

  private String statement() {
    return """
        {"Effect": "%s", "Principal": %s, "Action": "%s", "Resource": "arn:aws:s3:::%s/%s"%s}"""
        .formatted(
            oneOf("Allow", "Allow", "Allow", "Deny"),
            oneOf("\"*\"", user("ana"), user("ben"), user("ben")),
            oneOf("s3:GetObject", "s3:GetObject", "s3:Get*", "s3:*"),
            bucket.name(),
            oneOf("*", "*", "nar/*", "*.narinfo", "one.narinfo", "nar/?.nar"),
            oneOf("", condition(), condition()));
  }

  private static String user(String name) {
    return "{\"AWS\": \"arn:aws:iam:::user/" + name + "\"}";
  }

  private String condition() {
    String line =
        random.nextInt(3) == 0
            ? "\"%s\": {\"aws:SourceIp\": \"%s\"}"
                .formatted(oneOf("IpAddress", "NotIpAddress"), oneOf("127.0.0.0/8", "10.0.0.0/8"))
            : "\"%s\": {\"s3:ExistingObjectTag/team\": \"%s\"}"
                .formatted(
                    oneOf("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
                    oneOf("a", "b", "a*", "?"));
    return ", \"Condition\": {" + line + "}";
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean rgwAllows(Optional<String> person, String key) {
    S3Client client = clients.getOrDefault(person, bucket.s3());
    try {
      client.getObject(get -> get.bucket(bucket.name()).key(key)).abort();
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() != 403) {
        throw e;
      }
      return false;
    }
  }

  private boolean weAllow(String policy, Optional<String> person, String key) {
    String known = policy.replace("arn:aws:iam:::", "arn:aws:iam::" + ACCOUNT + ":");
    try {
      Decision decision =
          Authorizer.decide(
              Optional.of(PolicyDocument.parse(known)),
              ACCOUNT,
              List.of(),
              new AccessRequest(
                  principal(person),
                  "s3:GetObject",
                  "arn:aws:s3:::" + bucket.name() + "/" + key,
                  context(OBJECTS.getOrDefault(key, Map.of()))));
      return decision instanceof Decision.Allow;
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(known, e);
    }
  }

  private static Principal principal(Optional<String> person) {
    return person
        .flatMap(name -> Principal.parse("arn:aws:iam::" + ACCOUNT + ":user/" + name))
        .orElseGet(Principal.Anonymous::new);
  }

  private static RequestContext context(Map<String, String> tags) {
    RequestContext.Builder context =
        RequestContext.builder()
            .absentUnder("s3:ExistingObjectTag/")
            .value("aws:SourceIp", "127.0.0.1");
    tags.forEach((tag, value) -> context.value("s3:ExistingObjectTag/" + tag, value));
    return context.build();
  }
}
