package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.PublicKey;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * References that an upstream cache has, under its trusted key. A good answer is kept, for what an
 * upstream has once signed it will not unsay; a bad one is asked for again.
 */
final class UpstreamReferences {
  private final ObjectStore state;
  private final Upstreams upstreams;

  UpstreamReferences(ObjectStore state, Upstreams upstreams) {
    this.state = requireNonNull(state, "state is null");
    this.upstreams = requireNonNull(upstreams, "upstreams is null");
  }

  boolean contains(StorePath path, Settings settings) {
    if (settings.upstreams().isEmpty()) {
      return false;
    }
    return isKept(path, settings.upstreams())
        || settings.upstreams().stream().anyMatch(upstream -> asks(upstream, path, settings));
  }

  private boolean asks(UpstreamCache upstream, StorePath path, Settings settings) {
    Optional<NarInfo> answer =
        answer(upstream, path)
            .filter(narInfo -> upstream.vouches(narInfo, path, settings.storeDir()));
    answer.ifPresent(narInfo -> keep(path, upstream));
    return answer.isPresent();
  }

  /** An upstream that fails is as good as one that has nothing: the path waits, and asks again. */
  private Optional<NarInfo> answer(UpstreamCache upstream, StorePath path) {
    try {
      return upstreams.narInfo(upstream, path.hash());
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  /** If we stop right before this, the upstream is asked once more. */
  private void keep(StorePath path, UpstreamCache upstream) {
    ObjectNode json = JsonDocument.object();
    json.put("storePath", path.toString());
    json.put("url", upstream.url().toString());
    json.put("key", upstream.key().toString());
    state.putIfAbsent(
        StateKeys.upstream(path.hash()),
        NewObject.of(JsonDocument.write(json), "application/json"));
  }

  private boolean isKept(StorePath path, List<UpstreamCache> trusted) {
    return state
        .open(StateKeys.upstream(path.hash()))
        .map(UpstreamReferences::read)
        .filter(kept -> kept.path().equals(path) && trusted.contains(kept.upstream()))
        .isPresent();
  }

  private static Kept read(ObjectContent content) {
    try (content) {
      JsonDocument json = JsonDocument.parse(content.readAll());
      return new Kept(
          json.text("storePath", StorePath::parse),
          new UpstreamCache(json.text("url", URI::create), json.text("key", PublicKey::parse)));
    } catch (MalformedJsonException e) {
      throw new StoreException("reading " + content.object().key(), e);
    }
  }

  private record Kept(StorePath path, UpstreamCache upstream) {}
}
