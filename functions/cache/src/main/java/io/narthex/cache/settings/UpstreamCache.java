package io.narthex.cache.settings;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.signature.PublicKey;
import java.net.URI;
import java.util.Set;

/**
 * A cache that our readers also use, so that a reference found there completes a closure here.
 *
 * @param url {@code http} or {@code https}
 * @param key the key whose signature an answer must carry
 */
public record UpstreamCache(URI url, PublicKey key) {
  public UpstreamCache {
    requireNonNull(url, "url is null");
    requireNonNull(key, "key is null");
    if (!Set.of("http", "https").contains(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException("an upstream is an http or https URL, not " + url);
    }
  }
}
