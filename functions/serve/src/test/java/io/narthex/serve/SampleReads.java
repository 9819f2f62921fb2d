package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.read.Reads;
import io.narthex.cache.read.VerifiedStore;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.testkit.MemoryStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A public cache with one verified path. */
final class SampleReads {
  private static final String PUBLIC =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified"}}}]}
      """;

  private SampleReads() {}

  static Reads reads() {
    var cache = new MemoryStore(Clock.systemUTC());
    upload(cache, "syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo", "StorePath: sample\n");
    upload(cache, "nar/05ra3y72i3qjri7xskf9qj8kb29r6naqy1sqpbs3azi3xcigmj56.nar.xz", "nar");
    var ports =
        new ReadPorts(
            new Verified(cache),
            new MemoryStore(Clock.systemUTC()),
            () -> Optional.of(policy()),
            () -> Settings.trusting(List.of()),
            Clock.systemUTC(),
            duration -> {},
            Optional.empty());
    return new Reads(ports, new CacheBucket("arn:aws:s3:::example-nix-cache", "111122223333"));
  }

  private static void upload(MemoryStore cache, String name, String text) {
    var key = new ObjectKey(name);
    var version = cache.upload(name, text.getBytes(UTF_8));
    cache.tag(key, version, VerdictTag.VERIFIED.on(cache.tags(key).orElseThrow().tags()));
  }

  private static PolicyDocument policy() {
    try {
      return PolicyDocument.parse(PUBLIC);
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e);
    }
  }

  /** The bucket as a role sees it that may read verified versions only. */
  private record Verified(MemoryStore cache) implements VerifiedStore {
    @Override
    public Optional<ObjectContent> open(ObjectKey key) {
      return isVerified(key) ? cache.open(key) : Optional.empty();
    }

    @Override
    public Optional<StoredObject> head(ObjectKey key) {
      return isVerified(key) ? cache.head(key) : Optional.empty();
    }

    @Override
    public Optional<TaggedVersion> tags(ObjectKey key) {
      return cache.tags(key);
    }

    @Override
    public Optional<Instant> lastModified(ObjectKey key) {
      return cache.head(key).map(StoredObject::lastModified);
    }

    @Override
    public URI presignGet(ObjectKey key, Duration validity) {
      return URI.create("https://s3.invalid/" + key);
    }

    @Override
    public URI presignGet(ObjectKey key, Duration validity, String contentType) {
      return presignGet(key, validity);
    }

    private boolean isVerified(ObjectKey key) {
      return cache
          .tags(key)
          .flatMap(tagged -> VerdictTag.of(tagged.tags()))
          .filter(VerdictTag.VERIFIED::equals)
          .isPresent();
    }
  }
}
