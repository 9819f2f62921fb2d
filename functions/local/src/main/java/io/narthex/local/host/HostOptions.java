package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.signature.PublicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user may choose for a laptop host.
 *
 * @param data where everything is kept
 * @param bucket name of the cache bucket
 * @param s3Port on 127.0.0.1; 0 for any free one
 * @param httpPort the same for readers
 * @param trustedPublicKeys besides the host's own key
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
    Duration readWait) {
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
  }

  /** Name of the bucket with reports and settings. */
  String stateBucket() {
    return bucket + "-state";
  }

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
        readWait);
  }
}
