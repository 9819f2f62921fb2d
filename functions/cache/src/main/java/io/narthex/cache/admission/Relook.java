package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.CacheInfo;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import java.util.List;
import java.util.Optional;

/**
 * Has everything looked at again when the settings have changed, and once when there was never a
 * look at all: what a key vouched for that is trusted no more falls out of view, and what waited
 * for one that is trusted now comes in. A few pages of the cache at a time; where it got to is in
 * the state bucket.
 */
public final class Relook {
  private static final int PAGES = 10;

  /** Sorts after every NAR, and is no key that means anything: NARs are looked at by narinfos. */
  private static final ObjectKey AFTER_NARS = new ObjectKey("nar0");

  private final ObjectStore cache;
  private final ObjectStore state;
  private final SettingsSource settings;
  private final Messages messages;

  public Relook(ObjectStore cache, ObjectStore state, SettingsSource settings, Messages messages) {
    this.cache = requireNonNull(cache, "cache is null");
    this.state = requireNonNull(state, "state is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.messages = requireNonNull(messages, "messages is null");
  }

  /**
   * How far it got.
   *
   * @param settings digest of the settings that it is about
   * @param after the last key that was sent; empty at the start
   * @param done whether all were
   */
  private record Progress(String settings, Optional<ObjectKey> after, boolean done) {
    static Progress start(String settings) {
      return new Progress(settings, Optional.empty(), false);
    }
  }

  private record Stored(Progress progress, ETag etag) {}

  /**
   * Goes on with it, if there is anything to do.
   *
   * @return how many keys will be looked at
   */
  public int run() {
    String digest = SettingsJson.digest(settings.current());
    Optional<Stored> stored = state.open(StateKeys.relook()).map(Relook::read);
    Progress progress =
        stored
            .map(Stored::progress)
            .filter(p -> p.settings().equals(digest))
            .orElseGet(() -> Progress.start(digest));
    int sent = 0;
    for (int page = 0; page < PAGES && !progress.done(); page++) {
      ListPage listed = cache.list("", progress.after(), ObjectStore.MAX_PAGE);
      List<ObjectKey> keys =
          listed.entries().stream().map(ListPage.Entry::key).filter(Relook::isLookedAt).toList();
      if (!keys.isEmpty()) {
        messages.lookAt(keys);
      }
      sent += keys.size();
      progress = progress(digest, listed);
    }
    write(stored, progress);
    return sent;
  }

  private static boolean isLookedAt(ObjectKey key) {
    return CachePath.parse(key.value())
        .filter(path -> !(path instanceof NarPath || path instanceof CacheInfo))
        .isPresent();
  }

  private static Progress progress(String digest, ListPage listed) {
    if (!listed.more()) {
      return new Progress(digest, Optional.empty(), true);
    }
    ObjectKey last = listed.entries().getLast().key();
    boolean isNar = last.value().startsWith("nar/");
    return new Progress(digest, Optional.of(isNar ? AFTER_NARS : last), false);
  }

  /** If we stop right before it, the same keys are sent again; if another was first, likewise. */
  private void write(Optional<Stored> stored, Progress progress) {
    if (stored.map(Stored::progress).equals(Optional.of(progress))) {
      return;
    }
    ObjectNode json = JsonDocument.object();
    json.put("settings", progress.settings());
    progress.after().ifPresent(key -> json.put("after", key.value()));
    json.put("done", progress.done());
    NewObject object = NewObject.of(JsonDocument.write(json), "application/json");
    if (stored.isPresent()) {
      state.putIfMatch(StateKeys.relook(), stored.get().etag(), object);
    } else {
      state.putIfAbsent(StateKeys.relook(), object);
    }
  }

  private static Stored read(ObjectContent content) {
    try (content) {
      JsonDocument json = JsonDocument.parse(content.readAll());
      return new Stored(
          new Progress(
              json.text("settings"), json.optionalText("after", ObjectKey::new), json.flag("done")),
          content.object().etag());
    } catch (MalformedJsonException e) {
      throw new StoreException("reading " + StateKeys.relook(), e);
    }
  }
}
