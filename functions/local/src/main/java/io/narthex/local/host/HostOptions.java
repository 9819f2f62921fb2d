package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.settings.Audience;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.TrustMode;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.local.http.HostNames;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SecretKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a user may choose for a laptop host.
 *
 * @param data where everything is kept
 * @param bucket name of the cache bucket
 * @param s3Port on 127.0.0.1; 0 for any free one
 * @param httpPort the same for readers
 * @param trustedPublicKeys besides the host's own key
 * @param trust who vouches for uploads; their writers only where there is a key to sign with
 * @param signWith what the cache signs verified paths with; never a trusted key
 * @param audiences for whom keys sign
 * @param names that both doors answer to
 */
public record HostOptions(
    Path data,
    String bucket,
    int s3Port,
    int httpPort,
    List<PublicKey> trustedPublicKeys,
    int requiredSignatures,
    ClosureMode closure,
    UndeclaredMode undeclared,
    List<UpstreamCache> upstreams,
    Duration readWait,
    TrustMode trust,
    Optional<SecretKey> signWith,
    List<Audience> audiences,
    HostNames names) {
  private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,54}[a-z0-9]";

  public HostOptions {
    data = data.toAbsolutePath().normalize();
    if (!bucket.matches(BUCKET)) {
      throw new IllegalArgumentException("not a bucket name of 3 to 56 characters: " + bucket);
    }
    trustedPublicKeys = List.copyOf(trustedPublicKeys);
    requireNonNull(closure, "closure is null");
    requireNonNull(undeclared, "undeclared is null");
    upstreams = List.copyOf(upstreams);
    requireNonNull(readWait, "readWait is null");
    requireNonNull(trust, "trust is null");
    requireNonNull(signWith, "signWith is null");
    audiences = List.copyOf(audiences);
    requireNonNull(names, "names is null");
    if (trust == TrustMode.UPLOADERS && signWith.isEmpty()) {
      throw new IllegalArgumentException(
          "uploaders are trusted only with a key to sign with: no reader could verify their paths");
    }
  }

  /** Of a host that does not sign, and trusts nothing but signatures. */
  public HostOptions(
      Path data,
      String bucket,
      int s3Port,
      int httpPort,
      List<PublicKey> trustedPublicKeys,
      int requiredSignatures,
      ClosureMode closure,
      UndeclaredMode undeclared,
      List<UpstreamCache> upstreams,
      Duration readWait) {
    this(
        data,
        bucket,
        s3Port,
        httpPort,
        trustedPublicKeys,
        requiredSignatures,
        closure,
        undeclared,
        upstreams,
        readWait,
        TrustMode.SIGNATURES,
        Optional.empty(),
        List.of(),
        HostNames.LOOPBACK);
  }

  /** Name of the bucket with reports and settings. */
  String stateBucket() {
    return bucket + "-state";
  }

  /**
   * The settings of a host with this key for uploads.
   *
   * @throws IllegalArgumentException if what it signs with is trusted in uploads
   */
  Settings settings(PublicKey own) {
    var keys = new ArrayList<PublicKey>();
    keys.add(own);
    keys.addAll(trustedPublicKeys);
    return new Settings(
        StoreDir.DEFAULT,
        keys,
        requiredSignatures,
        closure,
        undeclared,
        upstreams,
        Settings.DEFAULT_MAX_NAR_SIZE,
        Duration.ofHours(1),
        Settings.DEFAULT_PRIORITY,
        readWait,
        trust,
        List.of(),
        signWith.map(SecretKey::publicKey),
        audiences);
  }
}
