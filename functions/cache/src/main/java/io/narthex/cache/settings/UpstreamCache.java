package io.narthex.cache.settings;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A cache that our readers also use, so that a reference found there completes a closure here.
 *
 * @param url {@code http} or {@code https}, without credentials: it is shown in reports
 * @param key the key whose signature an answer must carry
 */
public record UpstreamCache(URI url, PublicKey key) {
  public UpstreamCache {
    requireNonNull(url, "url is null");
    requireNonNull(key, "key is null");
    if (String.valueOf(url.getRawAuthority()).contains("@")) {
      throw new IllegalArgumentException("an upstream is a URL without credentials in it");
    }
    if (!Set.of("http", "https").contains(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException("an upstream is an http or https URL, not " + url);
    }
  }

  /** Whether its answer is about this path, in this store directory, and signed with the key. */
  public boolean vouches(NarInfo answer, StorePath path, StoreDir storeDir) {
    return answer.storePath().equals(path)
        && answer.storeDir().equals(storeDir)
        && TrustedPublicKeys.of(List.of(key))
                .verify(answer.fingerprint(), answer.sigs())
                .distinctKeys()
            == 1;
  }
}
