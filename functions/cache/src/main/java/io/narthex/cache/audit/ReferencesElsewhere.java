package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Upstreams;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.narinfo.NarInfoText;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

  /** One place that could not be asked matters only if no other has the path. */
  @Override
  public boolean contains(StorePath path) {
    Optional<StoreException> failure = Optional.empty();
    for (Predicate<StorePath> place : places()) {
      try {
        if (place.test(path)) {
          return true;
        }
      } catch (StoreException e) {
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return false;
  }

  private List<Predicate<StorePath>> places() {
    List<Predicate<StorePath>> places = new ArrayList<>();
    if (asksCache) {
      places.add(this::isHere);
    }
    settings.upstreams().forEach(upstream -> places.add(path -> isThere(path, upstream)));
    return places;
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
