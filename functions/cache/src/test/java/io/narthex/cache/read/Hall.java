package io.narthex.cache.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Identity;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.signature.PublicKey;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cache to read from: a fake bucket, a policy in force, and time that passes by sleeping only.
 */
public final class Hall {
  /** The manual's anonymous read policy, plus our one condition. */
  public static final String PUBLIC =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified"}}},
        {"Effect":"Allow","Principal":"*","Action":"s3:ListBucket",
         "Resource":"arn:aws:s3:::example-nix-cache"}]}
      """;

  /** Nobody in particular may read what has the tag {@code audience=public}, and no more. */
  public static final String BY_AUDIENCE =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified",
           "s3:ExistingObjectTag/audience":"public"}}}]}
      """;

  /** One user may read; nobody else. */
  public static final String PRIVATE =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/reader"},
         "Action":"s3:GetObject","Resource":"arn:aws:s3:::example-nix-cache/*"}]}
      """;

  /** Of the tests' narinfo. */
  public static final String HASH = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr";

  /** Its key. */
  public static final String NARINFO = HASH + ".narinfo";

  public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  public static final Caller ANONYMOUS = caller(Identity.ANONYMOUS);
  public static final Caller STRANGER = caller("arn:aws:iam::111122223333:user/stranger");
  public static final Caller READER = caller("arn:aws:iam::111122223333:user/reader");

  public final FakeVerifiedStore store = new FakeVerifiedStore();
  public final List<Duration> slept = new ArrayList<>();
  private final List<Runnable> duringSleep = new ArrayList<>();
  private final Optional<PolicyDocument> document;
  private PolicyInForce policy;
  private PrincipalSettings principals = PrincipalSettings.NONE;
  private Optional<PublicKey> signingKey = Optional.empty();
  private Duration readWait = Duration.ofSeconds(5);
  private Optional<byte[]> report = Optional.empty();
  private Instant now = START;

  private Hall(Optional<PolicyDocument> document) {
    this.document = document;
    this.policy = document.map(PolicyInForce::of).orElse(PolicyInForce.NONE);
  }

  /** A cache with this policy. */
  public static Hall of(String policy) {
    try {
      return new Hall(Optional.of(PolicyDocument.parse(policy)));
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e);
    }
  }

  public static Hall withoutPolicy() {
    return new Hall(Optional.empty());
  }

  public static Tags verified() {
    return VerdictTag.VERIFIED.on(Tags.NONE);
  }

  /** The cache with one more verified object. */
  public Hall with(String key, String text) {
    return with(key, text.getBytes(UTF_8), verified());
  }

  public Hall with(String key, byte[] bytes, Tags tags) {
    store.put(key, bytes, tags, START, Optional.empty());
    return this;
  }

  public Hall withEncoded(String key, byte[] bytes, String encoding) {
    store.put(key, bytes, verified(), START, Optional.of(encoding));
    return this;
  }

  public Hall withReport(String json) {
    report = Optional.of(json.getBytes(UTF_8));
    return this;
  }

  /** The cache of one that signs. */
  public Hall signingWith(PublicKey own) {
    signingKey = Optional.of(own);
    return this;
  }

  /** The cache with {@code RestrictPublicBuckets} on. */
  public Hall blockingPublicAccess() {
    policy = PolicyInForce.of(document.orElseThrow(), true);
    return this;
  }

  /** The cache with these settings about principals. */
  public Hall knowing(PrincipalSettings settings) {
    principals = settings;
    return this;
  }

  public Hall waiting(Duration readWaitOfSettings) {
    readWait = readWaitOfSettings;
    return this;
  }

  /** What happens during the n-th sleep, in order; nothing during later ones. */
  public Hall during(Runnable... sleeps) {
    duringSleep.addAll(List.of(sleeps));
    return this;
  }

  public Hall later(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** A GET by nobody in particular. */
  public Answer get(String rawPath) {
    return ask("GET", rawPath, ANONYMOUS);
  }

  public Answer head(String rawPath) {
    return ask("HEAD", rawPath, ANONYMOUS);
  }

  /** Any request by anyone. */
  public Answer ask(String method, String rawPath, Caller caller) {
    return reads().answer(new ReadRequest(method, rawPath, caller));
  }

  private Reads reads() {
    PublicKey key =
        PublicKey.parse("cache.example.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=");
    Settings defaults = Settings.trusting(List.of(key));
    var settings =
        new Settings(
            defaults.storeDir(),
            defaults.trustedPublicKeys(),
            defaults.requiredSignatures(),
            defaults.closure(),
            defaults.undeclared(),
            defaults.upstreams(),
            defaults.maxNarSize(),
            defaults.grace(),
            defaults.priority(),
            readWait);
    var ports =
        new ReadPorts(
            store,
            new StateBucket(),
            () -> policy,
            () -> signingKey.map(settings::signingWith).orElse(settings),
            () -> principals,
            clock(),
            this::sleep,
            Optional.of(URI.create("https://cache.example.org/?a='b'&c")));
    return new Reads(
        ports, new CacheBucket("arn:aws:s3:::example-nix-cache", new AccountId("111122223333")));
  }

  private Clock clock() {
    InstantSource source = () -> now;
    return source.withZone(ZoneOffset.UTC);
  }

  private void sleep(Duration duration) {
    slept.add(duration);
    now = now.plus(duration);
    if (slept.size() <= duringSleep.size()) {
      duringSleep.get(slept.size() - 1).run();
    }
  }

  /** Who has this ARN and nothing else that is known of it. */
  public static Caller caller(String arn, String... tags) {
    Map<String, String> byName = new TreeMap<>();
    for (int i = 0; i < tags.length; i += 2) {
      byName.put(tags[i], tags[i + 1]);
    }
    return caller(
        new Identity(PrincipalText.parse(arn), byName, Optional.empty(), Optional.empty()));
  }

  public static Caller caller(Identity identity) {
    return new Caller(
        new Authenticated(identity, identity.isAnonymous() ? "no credentials" : "credentials"),
        Optional.of("198.51.100.7"),
        true,
        Optional.of("Nix/2.34.8"),
        Optional.empty());
  }

  /** The state bucket, which reads open reports in and nothing else. */
  private final class StateBucket implements ObjectStore {
    @Override
    public Optional<StoredObject> head(ObjectKey key) {
      throw new AssertionError("not asked by reads: head " + key);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key) {
      return report
          .filter(bytes -> key.value().equals("reports/" + HASH + ".json"))
          .map(
              bytes ->
                  new ObjectContent(
                      new StoredObject(
                          key,
                          VersionId.UNVERSIONED,
                          new ETag("r"),
                          bytes.length,
                          START,
                          Optional.empty(),
                          Optional.empty()),
                      new ByteArrayInputStream(bytes)));
    }

    @Override
    public PutResult putIfAbsent(ObjectKey key, NewObject object) {
      throw new AssertionError("reads never write: " + key);
    }

    @Override
    public PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object) {
      throw new AssertionError("reads never write: " + key);
    }

    @Override
    public void delete(ObjectKey key) {
      throw new AssertionError("reads never write: " + key);
    }

    @Override
    public ListPage list(String prefix, Optional<ObjectKey> startAfter, int max) {
      throw new AssertionError("not asked by reads: list " + prefix);
    }
  }
}
