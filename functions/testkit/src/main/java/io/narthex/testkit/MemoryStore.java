package io.narthex.testkit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.testkit.VersionStack.Version;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A bucket in memory that behaves as the port says, with versions: strongly consistent, atomic
 * under its own lock. It counts requests, lets a {@link Fault.Plan} make them fail, and tells a
 * listener what S3 would have announced.
 */
public final class MemoryStore implements VersionedStore {
  private final Clock clock;
  private final NavigableMap<ObjectKey, VersionStack> objects = new TreeMap<>();
  private final Requests requests = new Requests(this);
  private Announcements announcements = (event, key) -> {};
  private long nextVersion = 1;

  public MemoryStore(Clock clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Hears of every change, as a bucket notification would tell it. */
  @FunctionalInterface
  public interface Announcements {
    void announce(String event, ObjectKey key);
  }

  /** From now on requests fail by this plan. */
  public void failing(Fault.Plan plan) {
    requests.failing(plan);
  }

  /** From now on changes are told to this listener, after they are done. */
  public synchronized void announcing(Announcements listener) {
    announcements = listener;
  }

  /** Does something before every request: another client that comes in between. */
  public void interleaving(Consumer<Fault.Request> other) {
    requests.interleaving(other);
  }

  /** The requests so far, in their order. */
  public List<Fault.Request> requests() {
    return requests.made();
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    requests.forget();
  }

  /** The tags of the current version, looked at from outside: no request. */
  public synchronized Optional<Tags> tagsNow(ObjectKey key) {
    return current(key).map(Version::tags);
  }

  /** Puts an object as an uploader does: unconditionally, whatever is there, untagged. */
  public synchronized VersionId upload(String key, byte[] bytes) {
    return upload(key, bytes, Optional.empty());
  }

  /** The same with a content encoding. */
  public synchronized VersionId upload(String key, byte[] bytes, Optional<String> encoding) {
    ObjectKey objectKey = new ObjectKey(key);
    Version version = add(objectKey, bytes, "application/octet-stream", encoding, Tags.NONE);
    announcements.announce("ObjectCreated:Put", objectKey);
    return version.object().version();
  }

  /** From now on the bytes of the current version cannot be had: archived, or encrypted. */
  public synchronized void archive(String key) {
    current(new ObjectKey(key)).orElseThrow().archive();
  }

  /** From now on nobody may read the current version, whose tags may be read. */
  public synchronized void deny(String key) {
    current(new ObjectKey(key)).orElseThrow().deny();
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return request("HeadObject", key, () -> current(key).map(Version::object));
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return request("GetObject", key, () -> current(key).map(Version::content));
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, long from, int length) {
    return request("GetObjectRange", key, () -> current(key).map(v -> v.part(from, length)));
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key, VersionId version) {
    return request("GetObjectVersion", key, () -> find(key, version).map(Version::content));
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, NewObject object) {
    return putWhere(key, Optional::isEmpty, object);
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object) {
    return putWhere(
        key, now -> now.filter(v -> v.object().etag().equals(expected)).isPresent(), object);
  }

  @Override
  public void delete(ObjectKey key) {
    request(
        "DeleteObject",
        key,
        () -> {
          stack(key).mark(nextVersion());
          announcements.announce("ObjectRemoved:DeleteMarkerCreated", key);
          return true;
        });
  }

  @Override
  public void delete(ObjectKey key, VersionId version) {
    request(
        "DeleteObjectVersion",
        key,
        () -> {
          VersionStack stack = stack(key);
          boolean removed = stack.remove(version);
          if (stack.isEmpty()) {
            objects.remove(key);
          }
          if (removed) {
            announcements.announce("ObjectRemoved:Delete", key);
          }
          return true;
        });
  }

  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    return request(
        "GetObjectTagging", key, () -> current(key).map(v -> new TaggedVersion(v.id(), v.tags())));
  }

  @Override
  public Optional<Tags> tags(ObjectKey key, VersionId version) {
    return request("GetObjectVersionTagging", key, () -> find(key, version).map(Version::tags));
  }

  @Override
  public boolean tag(ObjectKey key, VersionId version, Tags tags) {
    return request(
        "PutObjectVersionTagging",
        key,
        () -> {
          Optional<Version> found = find(key, version);
          found.ifPresent(v -> v.tag(tags));
          found.ifPresent(v -> announcements.announce("ObjectTagging:Put", key));
          return found.isPresent();
        });
  }

  @Override
  public List<VersionId> versions(ObjectKey key) {
    return request(
        "ListObjectVersions",
        key,
        () -> Optional.ofNullable(objects.get(key)).map(VersionStack::ids).orElse(List.of()));
  }

  @Override
  public List<VersionId> versionsInPlace(ObjectKey key) {
    return request(
        "ListObjectVersions",
        key,
        () -> Optional.ofNullable(objects.get(key)).map(VersionStack::inPlace).orElse(List.of()));
  }

  @Override
  public ListPage list(String prefix, Optional<ObjectKey> startAfter, int max) {
    return request(
        "ListObjectsV2",
        prefix,
        () -> {
          int limit = Math.min(max, MAX_PAGE);
          List<ListPage.Entry> entries =
              from(prefix, startAfter).entrySet().stream()
                  .takeWhile(e -> e.getKey().value().startsWith(prefix))
                  .flatMap(e -> e.getValue().current().stream())
                  .limit(limit + 1L)
                  .map(version -> entry(version.object()))
                  .toList();
          boolean more = entries.size() > limit;
          return new ListPage(more ? entries.subList(0, limit) : entries, more);
        });
  }

  private NavigableMap<ObjectKey, VersionStack> from(
      String prefix, Optional<ObjectKey> startAfter) {
    NavigableMap<ObjectKey, VersionStack> from =
        prefix.isEmpty() ? objects : objects.tailMap(new ObjectKey(prefix), true);
    return startAfter
        .filter(key -> from.isEmpty() || key.compareTo(from.firstKey()) >= 0)
        .map(key -> from.tailMap(key, false))
        .orElse(from);
  }

  private static ListPage.Entry entry(StoredObject object) {
    return new ListPage.Entry(object.key(), object.size(), object.lastModified());
  }

  private Optional<Version> current(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).flatMap(VersionStack::current);
  }

  private Optional<Version> find(ObjectKey key, VersionId version) {
    return Optional.ofNullable(objects.get(key)).flatMap(stack -> stack.find(version));
  }

  private VersionStack stack(ObjectKey key) {
    return objects.computeIfAbsent(key, _ -> new VersionStack());
  }

  private VersionId nextVersion() {
    return new VersionId("v%06d".formatted(nextVersion++));
  }

  private PutResult putWhere(
      ObjectKey key, Predicate<Optional<Version>> condition, NewObject object) {
    PutResult refusal = new PutResult.PreconditionFailed();
    return requests.make(
        new Fault.Request("PutObject", key.value()),
        () -> condition.test(current(key)) ? put(key, object) : refusal,
        Optional.of(refusal));
  }

  private PutResult put(ObjectKey key, NewObject object) {
    Version version =
        add(key, object.bytes(), object.contentType(), Optional.empty(), object.tags());
    announcements.announce("ObjectCreated:Put", key);
    return new PutResult.Stored(version.object().version(), version.object().etag());
  }

  private Version add(
      ObjectKey key, byte[] bytes, String type, Optional<String> encoding, Tags tags) {
    VersionId id = nextVersion();
    var object =
        new StoredObject(
            key, id, etag(bytes), bytes.length, clock.instant(), Optional.of(type), encoding);
    Version version = new Version(object, bytes, tags);
    stack(key).add(version);
    return version;
  }

  private static ETag etag(byte[] bytes) {
    return new ETag(HexFormat.of().formatHex(Digests.md5(bytes)));
  }

  private <T> T request(String operation, ObjectKey key, Supplier<T> work) {
    return request(operation, key.value(), work);
  }

  private <T> T request(String operation, String key, Supplier<T> work) {
    return requests.make(new Fault.Request(operation, key), work, Optional.empty());
  }
}
