package io.narthex.cache.provision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.CacheInfo;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.cacheinfo.NixCacheInfo;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes what everything else presumes: the settings, and {@code nix-cache-info} with its verdict.
 * Idempotent; what is right already is not written again.
 */
public final class Provisioning {
  private static final int MAX_TRIES = 5;

  private final VersionedStore cache;
  private final ObjectStore state;

  public Provisioning(VersionedStore cache, ObjectStore state) {
    this.cache = requireNonNull(cache, "cache is null");
    this.state = requireNonNull(state, "state is null");
  }

  /** Makes both buckets agree with these settings. */
  public void provision(Settings settings) {
    NewObject json = NewObject.of(SettingsJson.write(settings), "application/json");
    write(state, StateKeys.settings(), json);
    NixCacheInfo info =
        new NixCacheInfo(Optional.of(settings.storeDir()), true, settings.priority());
    byte[] text = info.write().getBytes(UTF_8);
    write(
        cache,
        new CacheInfo().key(),
        NewObject.of(text, "text/x-nix-cache-info").tagged(VerdictTag.VERIFIED.on(Tags.NONE)));
    requireVerdict(text);
  }

  /**
   * The right bytes may be there without a verdict, if somebody else wrote them. It is the version
   * that was read that gets it.
   */
  private void requireVerdict(byte[] expected) {
    ObjectKey key = new CacheInfo().key();
    try (ObjectContent content =
        cache.open(key).orElseThrow(() -> new StoreException(key + " has gone"))) {
      if (!Arrays.equals(content.readAll(), expected)) {
        throw new StoreException(key + " was replaced while it was written");
      }
      VersionId version = content.object().version();
      Tags tags = cache.tags(key, version).orElseThrow(() -> new StoreException(key + " has gone"));
      if (!VerdictTag.isVerified(tags)) {
        cache.tag(key, version, VerdictTag.VERIFIED.on(tags));
      }
    }
  }

  /** If we stop right before the write, readers see the old object; right after it, the new one. */
  private static void write(ObjectStore store, ObjectKey key, NewObject object) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<ObjectContent> present = store.open(key);
      if (present.isEmpty()) {
        if (store.putIfAbsent(key, object) instanceof PutResult.Stored) {
          return;
        }
      } else {
        try (ObjectContent content = present.get()) {
          if (Arrays.equals(content.readAll(), object.bytes())
              || store.putIfMatch(key, content.object().etag(), object)
                  instanceof PutResult.Stored) {
            return;
          }
        }
      }
    }
    throw new StoreException(key + " keeps changing while it is written");
  }
}
