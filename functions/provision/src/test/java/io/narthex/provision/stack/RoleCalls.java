package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.list;
import static io.narthex.provision.stack.Tree.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What was asked of buckets, against what the role of a function may do with them. */
final class RoleCalls {
  private static final SampleStack STACK = SampleStack.byDefault();

  /**
   * What is asked for has its verdict; what has none is refused to every role but one. A write is
   * to create, for serving only ever creates.
   */
  private static final RequestContext VERIFIED_OR_NEW =
      RequestContext.builder()
          .value("s3:ExistingObjectTag/nix-verdict", "verified")
          .value("s3:if-none-match", "*")
          .build();

  private RoleCalls() {}

  /** A request to S3 as IAM sees it. */
  record Asked(String action, String resource) implements Comparable<Asked> {
    @Override
    public int compareTo(Asked other) {
      return toString().compareTo(other.toString());
    }
  }

  /** What a bucket was asked; an object may be put with a verdict in the cache bucket only. */
  static Set<Asked> of(MemoryStore store, String bucket) {
    var asked = new TreeSet<Asked>();
    String arn = "arn:aws:s3:::" + bucket;
    boolean isCache = bucket.equals(SampleStack.CACHE_BUCKET);
    for (Fault.Request request : store.requests()) {
      String object = arn + "/" + request.key();
      switch (request.operation()) {
        case "HeadObject", "GetObject" -> asked.add(new Asked("s3:GetObject", object));
        case "ListObjectsV2" -> asked.add(new Asked("s3:ListBucket", arn));
        case "ListObjectVersions" -> asked.add(new Asked("s3:ListBucketVersions", arn));
        default -> asked.add(new Asked("s3:" + request.operation(), object));
      }
      if (request.operation().equals("PutObject") && isCache) {
        asked.add(new Asked("s3:PutObjectTagging", object));
      }
    }
    return asked;
  }

  private static List<Object> statements(String role) {
    Object policy = list(at(STACK.properties(role), "Policies")).getFirst();
    assertThat(at(policy, "PolicyName")).isEqualTo("buckets");
    return list(at(policy, "PolicyDocument", "Statement"));
  }

  private static boolean isAllowed(String role, Asked asked, List<Object> statements)
      throws JsonProcessingException, MalformedPolicyException {
    String arn = "arn:aws:iam::" + SampleStack.ACCOUNT + ":role/narthex-" + role;
    String session = arn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/session";
    var document = Map.of("Version", "2012-10-17", "Statement", statements);
    return Authorizer.decide(
            Optional.empty(),
            SampleStack.ACCOUNT,
            List.of(
                PolicyDocument.parseIdentityPolicy(new JsonMapper().writeValueAsString(document))),
            new AccessRequest(
                new Principal.AssumedRole(arn, session),
                asked.action(),
                asked.resource(),
                VERIFIED_OR_NEW))
        instanceof Decision.Allow;
  }

  /** Its role allows all of that, and its statements nothing that was not asked. */
  static void assertExactly(String role, Set<Asked> asked) throws Exception {
    for (Asked one : asked) {
      assertThat(isAllowed(role, one, statements(role))).as(one.toString()).isTrue();
    }
    for (Object statement : statements(role)) {
      Set<String> used = new TreeSet<>();
      for (Asked one : asked) {
        if (isAllowed(role, one, List.of(statement))) {
          used.add(one.action());
        }
      }
      assertThat(used).isEqualTo(new TreeSet<>(texts(at(statement, "Action"))));
    }
  }
}
