package io.narthex.testkit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.DeniedObjectException;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.UnreadableObjectException;
import io.narthex.cache.store.VersionId;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions and delete markers of one key, newest first.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html">Working
 *     with delete markers</a>
 */
final class VersionStack {
  private final Deque<Layer> layers = new ArrayDeque<>();

  /** What lies in the stack, under its id. */
  sealed interface Layer {
    VersionId id();
  }

  /** What a delete without a version id leaves: the key is absent while it is on top. */
  record Marker(VersionId id) implements Layer {}

  /** One version; its bytes do not change. */
  static final class Version implements Layer {
    private final StoredObject object;
    private final byte[] bytes;
    private Tags tags;
    private boolean archived;
    private boolean denied;

    Version(StoredObject object, byte[] bytes, Tags tags) {
      this.object = requireNonNull(object, "object is null");
      this.bytes = bytes.clone();
      this.tags = requireNonNull(tags, "tags is null");
    }

    @Override
    public VersionId id() {
      return object.version();
    }

    StoredObject object() {
      return object;
    }

    ObjectContent content() {
      if (archived) {
        throw new UnreadableObjectException("GetObject " + object.key() + ": archived");
      }
      if (denied) {
        throw new DeniedObjectException("GetObject " + object.key() + ": denied");
      }
      return new ObjectContent(object, new ByteArrayInputStream(bytes));
    }

    byte[] part(long from, int length) {
      int start = (int) Math.min(from, bytes.length);
      return Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + length));
    }

    void archive() {
      archived = true;
    }

    void deny() {
      denied = true;
    }

    Tags tags() {
      return tags;
    }

    void tag(Tags replacement) {
      tags = requireNonNull(replacement, "replacement is null");
    }
  }

  void add(Version version) {
    layers.addFirst(version);
  }

  void mark(VersionId id) {
    layers.addFirst(new Marker(id));
  }

  /** Removes a version or a marker; says whether it was there. */
  boolean remove(VersionId id) {
    return layers.removeIf(layer -> layer.id().equals(id));
  }

  boolean isEmpty() {
    return layers.isEmpty();
  }

  /** The version that the key reads as. */
  Optional<Version> current() {
    return Optional.ofNullable(layers.peekFirst())
        .flatMap(
            layer ->
                switch (layer) {
                  case Version version -> Optional.of(version);
                  case Marker _ -> Optional.empty();
                });
  }

  Optional<Version> find(VersionId id) {
    return versions().filter(version -> version.id().equals(id)).findFirst();
  }

  List<VersionId> ids() {
    return versions().map(Version::id).toList();
  }

  List<VersionId> inPlace() {
    return layers.stream().takeWhile(Version.class::isInstance).map(Layer::id).toList();
  }

  private Stream<Version> versions() {
    return layers.stream().filter(Version.class::isInstance).map(Version.class::cast);
  }
}
