package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.list;
import static io.narthex.provision.stack.Tree.map;
import static io.narthex.provision.stack.Tree.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.aws.stack.StackOutputs;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.AuditedFacts;
import io.narthex.cache.audit.Audit;
import io.narthex.cache.audit.AuditOptions;
import io.narthex.cache.audit.AuditProgress;
import io.narthex.cache.audit.AuditState;
import io.narthex.cache.audit.PathSet;
import io.narthex.cache.audit.Patience;
import io.narthex.cache.audit.StopSignal;
import io.narthex.cache.audit.StoreCache;
import io.narthex.cache.index.LeftRebuild;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.operate.KnownCallers;
import io.narthex.cache.operate.KnownPaths;
import io.narthex.cache.operate.ReportCount;
import io.narthex.cache.operate.Revocations;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.principal.SessionTags;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenId;
import io.narthex.cache.principal.TokenOrigin;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.PutResult;
import io.narthex.nix.signature.SignatureVerifier;
import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import io.narthex.testkit.Fault;
import io.narthex.testkit.HeapScratch;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.OutOfTimeStore;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies that people attach to themselves, against what the command line does with them. */
class AttachedPoliciesTest {
  private static final SampleStack OWN = SampleStack.byDefault();
  private static final String OLD = "old-cache";
  private static final Retries RETRIES = new Retries(_ -> {}, bound -> bound - 1);
  private static final SampleStack ATTACHED = SampleStack.with(Map.of("ExistingBucketName", OLD));

  private static List<Object> statements(SampleStack stack, String policy) {
    return list(at(stack.properties(policy), "PolicyDocument", "Statement"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "UploadPolicy, upload",
    "ReportPolicy, reports",
    "OperatorPolicy, operator",
    "AuditPolicy, audit",
  })
  void sayWhatTheirFilesSay(String policy, String file) {
    assertThat(statements(OWN, policy)).isEqualTo(PolicyFile.statements(file));
    assertThat(statements(ATTACHED, policy)).isEqualTo(PolicyFile.statements(file, OLD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReportPolicy", "OperatorPolicy", "AuditPolicy"})
  void allowNothingThatTheCommandsCannotCall(String policy) {
    Set<String> callable = AwsActions.of(ReachableCalls.from("io.narthex.aws.stack.DeployedStack"));
    for (Object statement : statements(OWN, policy)) {
      assertThat(callable).containsAll(texts(at(statement, "Action")));
      assertThat(map(statement)).containsOnlyKeys("Sid", "Effect", "Action", "Resource");
      assertThat(texts(at(statement, "Resource"))).noneMatch("*"::equals);
    }
  }

  /** A request as IAM sees it. */
  private record Asked(String action, String resource) {}

  private static Set<Asked> asked(MemoryStore store, String bucket) {
    String arn = "arn:aws:s3:::" + bucket;
    return store.requests().stream()
        .map(request -> asked(request, arn))
        .collect(Collectors.toSet());
  }

  private static Asked asked(Fault.Request request, String bucket) {
    return request.operation().equals("ListObjectsV2")
        ? new Asked("s3:ListBucket", bucket)
        : new Asked("s3:" + request.operation(), bucket + "/" + request.key());
  }

  /** What uploaders ask about one path, and what operators do besides. */
  private static Set<Asked> asked(boolean asOperator) {
    var signer = new SampleStore(1);
    var cache = new MemoryCache(Settings.trusting(List.of(signer.publicKey())));
    SamplePath path = signer.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    var _ = new Rebuild(cache.cache(), cache.state(), RETRIES, cache.clock()).begin(0);
    cache.cache().forgetRequests();
    cache.state().forgetRequests();
    var paths = new KnownPaths(cache.state()::open, cache.cache());
    assertThat(paths.report(path.storePath().hash())).isPresent();
    assertThat(paths.isServed(path.storePath().hash())).isTrue();
    if (asOperator) {
      operate(cache, signer, path);
    }
    Set<Asked> asked = asked(cache.state(), SampleStack.STATE_BUCKET);
    asked.addAll(asked(cache.cache(), SampleStack.CACHE_BUCKET));
    if (asOperator) {
      asked.addAll(explain());
    }
    return asked;
  }

  /** What {@code policy explain} asks of the bucket, which is no request for an object. */
  private static Set<Asked> explain() {
    String bucket = "arn:aws:s3:::" + SampleStack.CACHE_BUCKET;
    return Set.of(
        new Asked("s3:GetBucketPolicy", bucket),
        new Asked("s3:GetBucketPublicAccessBlock", bucket));
  }

  /** What is asked by who reads for a stack what takes longer than its function has. */
  private static Set<Asked> auditing() {
    var signer = new SampleStore(1);
    Settings settings = Settings.trusting(List.of(signer.publicKey()));
    var cache = new MemoryStore(Clock.systemUTC());
    var state = new MemoryStore(Clock.systemUTC());
    assertThat(
            state.putIfAbsent(
                StateKeys.settings(),
                NewObject.of(SettingsJson.write(settings), "application/json")))
        .isInstanceOf(PutResult.Stored.class);
    SamplePath path = signer.path("hello-1.0");
    path.uploadTo(cache);
    var _ =
        new Admission(
                new OutOfTimeStore(cache, _ -> {}),
                state,
                _ -> {},
                (_, _) -> Optional.empty(),
                () -> settings,
                Clock.systemUTC())
            .look(new ObjectKey(path.narInfoKey()));
    cache.forgetRequests();
    state.forgetRequests();
    audit(cache, new StoredSettings(state, Clock.systemUTC()), new AuditedFacts(state, _ -> {}));
    Set<Asked> asked = asked(state, SampleStack.STATE_BUCKET);
    asked.addAll(asked(cache, SampleStack.CACHE_BUCKET));
    asked.add(new Asked("s3:ListBucket", "arn:aws:s3:::" + SampleStack.CACHE_BUCKET));
    return asked;
  }

  private static void audit(MemoryStore cache, StoredSettings settings, AuditedFacts facts) {
    var paths = new PathSet.Builder(new HeapScratch());
    facts.awaited().forEach(paths::add);
    List<Boolean> told = new ArrayList<>();
    assertThat(
            new Audit(
                    new StoreCache(cache, "", 1),
                    new AuditOptions(
                        settings.current(),
                        false,
                        true,
                        false,
                        1,
                        1 << 28,
                        new Patience(1, Duration.ZERO, _ -> {}),
                        SignatureVerifier.jdk()),
                    new HeapScratch(),
                    AuditState.NONE,
                    _ -> false,
                    new AuditProgress(),
                    new StopSignal())
                .run(
                    paths.build(),
                    _ -> {},
                    nar -> told.add(facts.tell(nar.hash(), nar.narInfo(), nar.facts()))))
        .isTrue();
    assertThat(told).containsExactly(true);
  }

  private static void operate(MemoryCache cache, SampleStore signer, SamplePath path) {
    assertThat(new ReportCount(cache.state()).count(10).verified()).isEqualTo(1);
    var revocations = new Revocations(cache.state(), keys -> {}, cache.clock());
    assertThat(revocations.revoke(signer.publicKey(), "leaked")).isTrue();
    assertThat(revocations.restore(signer.publicKey())).isTrue();
    assertThat(revocations.revoke(path.storePath().hash(), "a backdoor")).isTrue();
    assertThat(revocations.restore(path.storePath().hash())).isTrue();
    assertThat(LeftRebuild.giveUp(cache.state(), RETRIES, cache.clock())).isPresent();
    letIn(new KnownCallers(cache.state(), SampleStack.ACCOUNT, cache.clock()));
  }

  private static void letIn(KnownCallers callers) {
    String role = "arn:aws:iam::" + SampleStack.ACCOUNT + ":role/ci";
    var grant =
        new TokenGrant(
            PrincipalText.parse(role),
            SessionTags.NONE,
            Optional.empty(),
            new TokenOrigin.Administrator(),
            "",
            TokenGrant.DEFAULT_LIFE);
    TokenId id = callers.createToken(grant).token().id();
    assertThat(callers.listTokens()).contains(id.value());
    assertThat(callers.revokeToken(id)).isTrue();
    assertThatNoException().isThrownBy(() -> callers.setPrincipals("{}"));
    assertThat(callers.principals()).contains("{}");
  }

  private static Set<String> used(Object statement, Set<Asked> asked)
      throws JsonProcessingException, MalformedPolicyException {
    var document = Map.of("Version", "2012-10-17", "Statement", List.of(statement));
    PolicyDocument policy =
        PolicyDocument.parseIdentityPolicy(new JsonMapper().writeValueAsString(document));
    var used = new TreeSet<String>();
    for (Asked one : asked) {
      var request =
          new AccessRequest(
              new Principal.IamUser("arn:aws:iam::" + SampleStack.ACCOUNT + ":user/person"),
              one.action(),
              one.resource(),
              RequestContext.builder().build());
      if (Authorizer.decide(Optional.empty(), SampleStack.ACCOUNT, List.of(policy), request)
          instanceof Decision.Allow) {
        used.add(one.action() + " " + one.resource());
      }
    }
    return used;
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"ReportPolicy", "OperatorPolicy", "AuditPolicy"})
  void allowOfTheBucketsWhatTheCommandsAskAndNothingElse(String policy)
      throws JsonProcessingException, MalformedPolicyException {
    Set<Asked> asked =
        policy.equals("AuditPolicy") ? auditing() : asked(policy.equals("OperatorPolicy"));
    var allowed = new TreeSet<String>();
    for (Object statement : statements(OWN, policy)) {
      List<String> actions = texts(at(statement, "Action"));
      Set<String> used = used(statement, asked);
      allowed.addAll(used);
      if (actions.getFirst().startsWith("s3:")) {
        assertThat(used.stream().map(one -> one.split(" ")[0]))
            .as(String.valueOf(at(statement, "Sid")))
            .containsOnly(actions.toArray(String[]::new));
      }
    }
    assertThat(allowed)
        .containsAll(asked.stream().map(one -> one.action() + " " + one.resource()).toList());
  }

  @Test
  void letNobodySendBackAnythingButTheDeadLetters() {
    List<Object> queues =
        statements(OWN, "OperatorPolicy").stream()
            .filter(one -> texts(at(one, "Action")).getFirst().startsWith("sqs:"))
            .toList();
    String dead = "arn:aws:sqs:eu-west-2:111122223333:narthex-DeadLetterQueue";
    assertThat(queues).hasSize(3);
    for (Object one : queues) {
      boolean takes = texts(at(one, "Action")).contains("sqs:DeleteMessage");
      assertThat(takes).isEqualTo(at(one, "Resource").equals(dead));
    }
  }

  @Test
  void findEveryOutputThatTheCommandsReadInTheTemplate() throws IOException {
    Map<String, Object> outputs = map(at(SampleStack.read("template.yaml"), "Outputs"));
    assertThat(outputs).containsKeys(StackOutputs.names().toArray(String[]::new));
    String handbook = Files.readString(SampleStack.ROOT.resolve("docs/operations.md"));
    assertThat(outputs).containsKeys("ReportPolicyArn", "OperatorPolicyArn", "AuditPolicyArn");
    assertThat(handbook).contains("`ReportPolicyArn`", "`OperatorPolicyArn`", "`AuditPolicyArn`");
  }
}
