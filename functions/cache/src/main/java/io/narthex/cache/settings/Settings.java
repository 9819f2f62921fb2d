package io.narthex.cache.settings;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.verdict.AudienceTags;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.signature.Ed25519PublicKey;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is trusted and demanded of an upload, and how reads are answered.
 *
 * @param trustedPublicKeys whose signatures count; none means that only content-addressed paths
 *     pass
 * @param requiredSignatures how many of them, by distinct keys, a path needs: at least 1
 * @param upstreams asked for references that are not here, in this order
 * @param maxNarSize of an archive, in bytes: a larger one is not read
 * @param grace how long a path may wait for its NAR or a signature before it is withdrawn
 * @param priority of this cache in {@code nix-cache-info}; Nix asks lower ones first
 * @param readWait how long a read of a path that was just uploaded waits for its verdict; zero: not
 * @param trust who vouches for uploads
 * @param revokedKeys in whose signatures nobody is to trust, whatever else vouches for a path
 * @param signingKey what this cache itself signs verified paths with; never among the trusted keys.
 *     Readers need trust no other
 * @param audiences for whom keys sign; at most 8, each name once a key
 */
public record Settings(
    StoreDir storeDir,
    List<PublicKey> trustedPublicKeys,
    int requiredSignatures,
    ClosureMode closure,
    UndeclaredMode undeclared,
    List<UpstreamCache> upstreams,
    long maxNarSize,
    Duration grace,
    int priority,
    Duration readWait,
    TrustMode trust,
    List<PublicKey> revokedKeys,
    Optional<PublicKey> signingKey,
    List<Audience> audiences) {
  /** After cache.nixos.org, which has 40. */
  public static final int DEFAULT_PRIORITY = 41;

  /** 16 GiB; the largest archives of cache.nixos.org have less than 10. */
  public static final long DEFAULT_MAX_NAR_SIZE = 16L << 30;

  public Settings {
    requireNonNull(storeDir, "storeDir is null");
    trustedPublicKeys = List.copyOf(trustedPublicKeys);
    requireNonNull(closure, "closure is null");
    requireNonNull(undeclared, "undeclared is null");
    upstreams = List.copyOf(upstreams);
    requireNonNull(grace, "grace is null");
    requireNonNull(readWait, "readWait is null");
    requireNonNull(trust, "trust is null");
    revokedKeys = List.copyOf(revokedKeys);
    requireNonNull(signingKey, "signingKey is null");
    audiences = List.copyOf(audiences);
    if (audiences.stream().map(Audience::name).distinct().count() > AudienceTags.MAX) {
      throw new IllegalArgumentException("more than %d audiences".formatted(AudienceTags.MAX));
    }
    if (signingKey.isPresent() && lists(trustedPublicKeys, signingKey.get())) {
      throw new IllegalArgumentException(
          "the cache's own signing key must not be a trusted one: " + signingKey.get().name());
    }
    if (requiredSignatures < 1) {
      throw new IllegalArgumentException("requiredSignatures must be at least 1");
    }
    if (maxNarSize < 1) {
      throw new IllegalArgumentException("maxNarSize must be at least 1");
    }
    if (grace.isNegative() || readWait.isNegative()) {
      throw new IllegalArgumentException("durations must not be negative");
    }
  }

  /** Of a cache that does not sign, and trusts nothing but signatures. */
  public Settings(
      StoreDir storeDir,
      List<PublicKey> trustedPublicKeys,
      int requiredSignatures,
      ClosureMode closure,
      UndeclaredMode undeclared,
      List<UpstreamCache> upstreams,
      long maxNarSize,
      Duration grace,
      int priority,
      Duration readWait) {
    this(
        storeDir,
        trustedPublicKeys,
        requiredSignatures,
        closure,
        undeclared,
        upstreams,
        maxNarSize,
        grace,
        priority,
        readWait,
        TrustMode.SIGNATURES,
        List.of(),
        Optional.empty(),
        List.of());
  }

  /**
   * Whether who may write to the bucket vouches for what is uploaded. Never in a cache that does
   * not sign, whatever its settings say: no reader could verify such a path.
   */
  public boolean trustsUploaders() {
    return trust == TrustMode.UPLOADERS && signingKey.isPresent();
  }

  /** Whether this key, or another of its name, is trusted in uploads. */
  public boolean trusts(PublicKey key) {
    return lists(trustedPublicKeys, key);
  }

  /** The same with another answer to who vouches for uploads. */
  public Settings with(TrustMode changed) {
    return changed(trustedPublicKeys, upstreams, changed, revokedKeys, signingKey, audiences);
  }

  /** The same with keys that sign for audiences. */
  public Settings with(List<Audience> changed) {
    return changed(trustedPublicKeys, upstreams, trust, revokedKeys, signingKey, changed);
  }

  /** For whom what these trusted keys have signed is, by name, sorted. */
  public List<String> audiencesOf(Collection<KeyName> signers) {
    return audiences.stream()
        .filter(audience -> signers.contains(audience.signer()))
        .map(Audience::name)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean lists(List<PublicKey> keys, PublicKey own) {
    return keys.stream()
        .anyMatch(key -> key.key().equals(own.key()) || key.name().equals(own.name()));
  }

  /**
   * The same of a cache that signs with this key. A trusted key that is the same, or is called the
   * same, counts no more: what the cache has signed would else go on vouching for itself after the
   * uploader's key was revoked.
   */
  public Settings signingWith(PublicKey own) {
    return changed(
        trustedPublicKeys.stream().filter(key -> !lists(List.of(key), own)).toList(),
        upstreams,
        trust,
        revokedKeys,
        Optional.of(own),
        audiences);
  }

  /** The same of a cache that does not sign. */
  public Settings notSigning() {
    return changed(trustedPublicKeys, upstreams, trust, revokedKeys, Optional.empty(), audiences);
  }

  /** The same, trusting none of these keys, by whatever name, here and upstream. */
  public Settings without(Collection<PublicKey> revoked) {
    Set<Ed25519PublicKey> keys =
        revoked.stream().map(PublicKey::key).collect(Collectors.toUnmodifiableSet());
    return changed(
        trustedPublicKeys.stream().filter(key -> !keys.contains(key.key())).toList(),
        upstreams.stream().filter(upstream -> !keys.contains(upstream.key().key())).toList(),
        trust,
        List.copyOf(revoked),
        signingKey,
        audiences);
  }

  private Settings changed(
      List<PublicKey> keys,
      List<UpstreamCache> asked,
      TrustMode vouching,
      List<PublicKey> revoked,
      Optional<PublicKey> own,
      List<Audience> signedFor) {
    return new Settings(
        storeDir,
        keys,
        requiredSignatures,
        closure,
        undeclared,
        asked,
        maxNarSize,
        grace,
        priority,
        readWait,
        vouching,
        revoked,
        own,
        signedFor);
  }

  /** The defaults, trusting these keys. */
  public static Settings trusting(List<PublicKey> keys) {
    return new Settings(
        StoreDir.DEFAULT,
        keys,
        1,
        ClosureMode.STRICT,
        UndeclaredMode.WARN,
        List.of(),
        DEFAULT_MAX_NAR_SIZE,
        Duration.ofHours(1),
        DEFAULT_PRIORITY,
        Duration.ofSeconds(5));
  }
}
