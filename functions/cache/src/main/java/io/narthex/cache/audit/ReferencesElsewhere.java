package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Upstreams;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.narinfo.NarInfoText;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.nix.path.StorePath;

/**
 * References to paths that are not audited: those of an audit of some paths may be in the cache
 * itself, and all may be upstream, under the upstream's key.
 */
public final class ReferencesElsewhere implements Outside {
  private final AuditedCache cache;
  private final boolean asksCache;
  private final Upstreams upstreams;
  private final Settings settings;

  /**
   * @param asksCache whether a path of the cache that is not audited counts
   */
  public ReferencesElsewhere(
      AuditedCache cache, boolean asksCache, Upstreams upstreams, Settings settings) {
    this.cache = requireNonNull(cache, "cache is null");
    this.asksCache = asksCache;
    this.upstreams = requireNonNull(upstreams, "upstreams is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  @Override
  public boolean contains(StorePath path) {
    return (asksCache && isHere(path))
        || settings.upstreams().stream().anyMatch(upstream -> isThere(path, upstream));
  }

  private boolean isHere(StorePath path) {
    return cache
        .open(new NarInfoPath(path.hash()).key())
        .map(NarInfoReader::read)
        .filter(NarInfoText.Parsed.class::isInstance)
        .map(text -> ((NarInfoText.Parsed) text).narInfo().storePath())
        .filter(path::equals)
        .isPresent();
  }

  private boolean isThere(StorePath path, UpstreamCache upstream) {
    return upstreams
        .narInfo(upstream, path.hash())
        .filter(answer -> upstream.vouches(answer, path, settings.storeDir()))
        .isPresent();
  }
}
