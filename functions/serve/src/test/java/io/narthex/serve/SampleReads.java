package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.principal.Authentication;
import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.principal.Identity;
import io.narthex.cache.read.BucketPolicies;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.PolicyInForce;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.VerifiedMemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A public cache with one verified path. */
final class SampleReads {
  static final String PUBLIC =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified"}}}]}
      """;

  /** What the sample event with credentials sends. */
  static final String CREDENTIALS = "Basic cmVhZGVyOm5vdC1hLXNlY3JldA==";

  private static final Identity READER =
      new Identity(
          new Principal.IamUser("arn:aws:iam::111122223333:user/reader"),
          Map.of(),
          Optional.empty(),
          Optional.empty());

  private SampleReads() {}

  static ServeParts parts() {
    return parts(PUBLIC);
  }

  /** The same cache under another policy. */
  static ServeParts parts(String text) {
    PolicyInForce policy = PolicyInForce.of(policy(text));
    return parts(() -> policy, () -> Settings.trusting(List.of()));
  }

  /** Takes one user for what it says, and nobody else. */
  private static Authentication authenticate(Optional<String> authorization) {
    return authorization
        .<Authentication>map(
            header ->
                header.equals(CREDENTIALS)
                    ? new Authenticated(READER, "token nxtreader")
                    : new Refused("no such token: nxtstranger"))
        .orElse(Authenticated.NOBODY);
  }

  /** The same by these policies and these settings. */
  static ServeParts parts(BucketPolicies policies, SettingsSource settings) {
    var cache = new MemoryStore(Clock.systemUTC());
    upload(cache, "syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo", "StorePath: sample\n");
    upload(cache, "nar/05ra3y72i3qjri7xskf9qj8kb29r6naqy1sqpbs3azi3xcigmj56.nar.xz", "nar");
    var ports =
        new ReadPorts(
            new VerifiedMemoryStore(cache),
            new MemoryStore(Clock.systemUTC()),
            policies,
            settings,
            Clock.systemUTC(),
            duration -> {},
            Optional.empty());
    return new ServeParts(
        SampleReads::authenticate,
        ports,
        new CacheBucket("arn:aws:s3:::example-nix-cache", new AccountId("111122223333")));
  }

  private static void upload(MemoryStore cache, String name, String text) {
    var key = new ObjectKey(name);
    var version = cache.upload(name, text.getBytes(UTF_8));
    cache.tag(key, version, VerdictTag.VERIFIED.on(cache.tags(key).orElseThrow().tags()));
  }

  private static PolicyDocument policy(String text) {
    try {
      return PolicyDocument.parse(text);
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e);
    }
  }
}
