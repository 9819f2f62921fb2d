package io.narthex.cache.settings;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StoreDir;
import io.narthex.nix.signature.Ed25519PublicKey;
import io.narthex.nix.signature.PublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
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
    Duration readWait) {
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

  /** The same, trusting none of these keys, by whatever name, here and upstream. */
  public Settings without(Collection<PublicKey> revoked) {
    Set<Ed25519PublicKey> keys =
        revoked.stream().map(PublicKey::key).collect(Collectors.toUnmodifiableSet());
    return new Settings(
        storeDir,
        trustedPublicKeys.stream().filter(key -> !keys.contains(key.key())).toList(),
        requiredSignatures,
        closure,
        undeclared,
        upstreams.stream().filter(upstream -> !keys.contains(upstream.key().key())).toList(),
        maxNarSize,
        grace,
        priority,
        readWait);
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
