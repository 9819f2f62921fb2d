package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.SessionTags;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenId;
import io.narthex.cache.principal.TokenOrigin;
import io.narthex.cache.principal.TokenSweep;
import io.narthex.cache.principal.Tokens;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.Caller;
import io.narthex.cache.read.PolicyInForce;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.read.ReadRequest;
import io.narthex.cache.read.Reads;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import io.narthex.testkit.VerifiedMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What verifying, provisioning and serving really ask of the buckets, recorded while they do all
 * they do: their roles allow each of it, and nothing that was not asked.
 */
class RecordedCallsTest {
  private static final SampleStack STACK = SampleStack.byDefault();
  private static final Caller ANYBODY =
      new Caller(Authenticated.NOBODY, Optional.empty(), true, Optional.empty(), Optional.empty());

  private static Set<RoleCalls.Asked> verifying() {
    var signer = new SampleStore(1);
    var cache = new MemoryCache(Settings.trusting(List.of(signer.publicKey())));
    SamplePath dependency = signer.path("dependency-1.0");
    SamplePath path = signer.path("hello-1.0", dependency.storePath());
    SamplePath forgotten = signer.path("forgotten-1.0");
    path.uploadTo(cache.cache());
    cache.cache().upload(forgotten.narInfoKey(), forgotten.narInfoBytes());
    cache.drain();
    dependency.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    cache.cache().upload(path.narInfoKey(), "nonsense".getBytes(UTF_8));
    cache.cache().upload(dependency.narKey(), "nonsense".getBytes(UTF_8));
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    cache.clock().advance(Duration.ofHours(2));
    cache.relook().run();
    cache.sweep().run(Duration.ofMinutes(5));
    cache.drain();
    assertThat(cache.isThere(forgotten.narInfoKey())).isFalse();
    var asked = new TreeSet<>(RoleCalls.of(cache.cache(), SampleStack.CACHE_BUCKET));
    asked.addAll(RoleCalls.of(cache.state(), SampleStack.STATE_BUCKET));
    asked.addAll(sweepingTokens(cache));
    // Every flow begins by reading these.
    asked.add(
        new RoleCalls.Asked(
            "s3:GetObject", "arn:aws:s3:::" + SampleStack.STATE_BUCKET + "/settings.json"));
    return asked;
  }

  private static Set<RoleCalls.Asked> sweepingTokens(MemoryCache cache) {
    issueToken(cache);
    cache.state().forgetRequests();
    cache.clock().advance(Duration.ofDays(9));
    assertThat(new TokenSweep(cache.state(), cache.clock()).run()).isOne();
    return RoleCalls.of(cache.state(), SampleStack.STATE_BUCKET);
  }

  private static Set<RoleCalls.Asked> provisioning() {
    var clock = new MovableClock();
    var cache = new MemoryStore(clock);
    var state = new MemoryStore(clock);
    cache.upload("nix-cache-info", "StoreDir: /nix/store\n".getBytes(UTF_8));
    new Provisioning(cache, state).provision(Settings.trusting(List.of()));
    var right = "StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 41\n".getBytes(UTF_8);
    cache.upload("nix-cache-info", right);
    new Provisioning(cache, state).provision(Settings.trusting(List.of()));
    var asked = new TreeSet<>(RoleCalls.of(cache, SampleStack.CACHE_BUCKET));
    asked.addAll(RoleCalls.of(state, SampleStack.STATE_BUCKET));
    // Without it S3 answers 403, not 404, for what is not there.
    asked.add(new RoleCalls.Asked("s3:ListBucket", "arn:aws:s3:::" + SampleStack.CACHE_BUCKET));
    asked.add(new RoleCalls.Asked("s3:ListBucket", "arn:aws:s3:::" + SampleStack.STATE_BUCKET));
    return asked;
  }

  private static Set<RoleCalls.Asked> serving()
      throws JsonProcessingException, MalformedPolicyException {
    var signer = new SampleStore(1);
    var cache = new MemoryCache(Settings.trusting(List.of(signer.publicKey())));
    new Provisioning(cache.cache(), cache.state())
        .provision(Settings.trusting(List.of(signer.publicKey())));
    SamplePath path = signer.path("hello-1.0");
    SamplePath unjudged = signer.path("unjudged-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    unjudged.uploadTo(cache.cache());
    cache.cache().forgetRequests();
    cache.state().forgetRequests();
    Object document = at(STACK.properties("CacheBucketPolicy"), "PolicyDocument");
    var policy =
        PolicyInForce.of(PolicyDocument.parse(new JsonMapper().writeValueAsString(document)));
    var reads =
        new Reads(
            new ReadPorts(
                new VerifiedMemoryStore(cache.cache()),
                cache.state(),
                () -> policy,
                new StoredSettings(cache.state(), cache.clock()),
                cache.clock(),
                cache.clock()::advance,
                Optional.empty()),
            new CacheBucket(
                "arn:aws:s3:::" + SampleStack.CACHE_BUCKET, new AccountId(SampleStack.ACCOUNT)));
    for (String key :
        List.of("nix-cache-info", path.narInfoKey(), path.narKey(), unjudged.narInfoKey())) {
      reads.answer(new ReadRequest("GET", "/" + key, ANYBODY));
    }
    reads.answer(new ReadRequest("GET", "/api/v1/paths/" + path.storePath().hash(), ANYBODY));
    issueToken(cache);
    var asked = new TreeSet<>(RoleCalls.of(cache.cache(), SampleStack.CACHE_BUCKET));
    asked.addAll(RoleCalls.of(cache.state(), SampleStack.STATE_BUCKET));
    asked.add(
        new RoleCalls.Asked("s3:GetBucketPolicy", "arn:aws:s3:::" + SampleStack.CACHE_BUCKET));
    asked.add(
        new RoleCalls.Asked(
            "s3:GetBucketPublicAccessBlock", "arn:aws:s3:::" + SampleStack.CACHE_BUCKET));
    // It is about no resource, and a star takes any.
    asked.add(
        new RoleCalls.Asked(
            "s3:GetAccountPublicAccessBlock", "arn:aws:s3:::" + SampleStack.CACHE_BUCKET));
    // The URL of a NAR, whose reader asks S3 as this role.
    asked.add(
        new RoleCalls.Asked(
            "s3:GetObjectVersion",
            "arn:aws:s3:::" + SampleStack.CACHE_BUCKET + "/" + path.narKey()));
    // Who comes with credentials is looked for in these.
    String state = "arn:aws:s3:::" + SampleStack.STATE_BUCKET;
    asked.add(new RoleCalls.Asked("s3:GetObject", state + "/" + StateKeys.principals()));
    asked.add(
        new RoleCalls.Asked(
            "s3:GetObject", state + "/" + StateKeys.token(new TokenId("nxt_" + "0".repeat(24)))));
    // Without it S3 answers 403, not 404, for what is not there.
    asked.add(new RoleCalls.Asked("s3:ListBucket", state));
    return asked;
  }

  /** As a login does, and an exchange. */
  private static void issueToken(MemoryCache cache) {
    var admittance = new Admittance(SampleStack.ACCOUNT, () -> PrincipalSettings.NONE);
    var grant =
        new TokenGrant(
            new Principal.IamUser("arn:aws:iam::" + SampleStack.ACCOUNT + ":user/anna"),
            SessionTags.NONE,
            Optional.empty(),
            new TokenOrigin.Login(),
            "",
            Duration.ofHours(1));
    assertThat(new Tokens(cache.state(), admittance, cache.clock()).create(grant)).isNotNull();
  }

  @Test
  void allowsVerifyingWhatItAsksAndNothingElse() throws Exception {
    RoleCalls.assertExactly("ValidateRole", verifying());
  }

  @Test
  void allowsProvisioningWhatItAsksAndNothingElse() throws Exception {
    RoleCalls.assertExactly("ProvisionRole", provisioning());
  }

  @Test
  void allowsServingWhatItAsksAndNothingElse() throws Exception {
    RoleCalls.assertExactly("ServeRole", serving());
  }

  @Test
  void recordsTheCallsThatTheAdaptersHave() {
    Set<String> callable = AwsActions.of(ReachableCalls.from("io.narthex.validate.ValidateWiring"));
    assertThat(callable)
        .containsAll(verifying().stream().map(RoleCalls.Asked::action).collect(Collectors.toSet()));
  }
}
