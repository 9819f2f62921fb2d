package io.narthex.bench.index;

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
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** A cache bucket of synthetic paths, all verified: only narinfos, and only to be read. */
final class SyntheticCache implements VersionedStore {
  private static final String SUFFIX = ".narinfo";
  private static final VersionId VERSION = new VersionId("1");
  private static final ETag ETAG = new ETag("d41d8cd98f00b204e9800998ecf8427e");
  private static final TaggedVersion VERIFIED =
      new TaggedVersion(VERSION, VerdictTag.VERIFIED.on(Tags.NONE));

  private static final Instant AGAIN = Instant.parse("2026-01-01T00:00:00Z");

  private final SyntheticPaths paths;
  private final Set<Long> again = new HashSet<>();
  private final LongAdder reads = new LongAdder();
  private final LongAdder lists = new LongAdder();

  SyntheticCache(SyntheticPaths paths) {
    this.paths = requireNonNull(paths, "paths is null");
  }

  /** How often it was asked. */
  long requests() {
    return reads.sum() + lists.sum();
  }

  /** How often it was listed, which costs more. */
  long lists() {
    return lists.sum();
  }

  /** Lists that many paths from the first one on, and reads tags and narinfo of each. */
  void readAll(int count) {
    int read = 0;
    Optional<ObjectKey> after = Optional.empty();
    while (read < count) {
      ListPage page = list("", after, Math.min(count - read, MAX_PAGE));
      for (ListPage.Entry entry : page.entries()) {
        after = Optional.of(entry.key());
        if (tags(entry.key()).isEmpty() || open(entry.key()).orElseThrow().readAll().length == 0) {
          throw new IllegalStateException(entry.key() + " is not there");
        }
        read++;
      }
    }
  }

  @Override
  public ListPage list(String prefix, Optional<ObjectKey> startAfter, int max) {
    lists.increment();
    var entries = new ArrayList<ListPage.Entry>();
    long number = paths.firstAfter(after(prefix, startAfter));
    while (number < paths.count() && entries.size() < Math.min(max, MAX_PAGE)) {
      String hash = paths.hash(number).nix32();
      if (!hash.startsWith(prefix)) {
        return new ListPage(entries, false);
      }
      entries.add(new ListPage.Entry(new ObjectKey(hash + SUFFIX), 1, uploaded(number)));
      number++;
    }
    return new ListPage(entries, number < paths.count() && !entries.isEmpty());
  }

  /** From now on the narinfo of a path is another version, with the same bytes. */
  void uploadAgain(long number) {
    again.add(number);
  }

  private Instant uploaded(long number) {
    return again.contains(number) ? AGAIN : Instant.ofEpochSecond(paths.uploaded(number));
  }

  private static String after(String prefix, Optional<ObjectKey> startAfter) {
    String after = startAfter.map(ObjectKey::value).orElse(prefix);
    return after.substring(0, Math.min(after.length(), StorePathHash.LENGTH));
  }

  private OptionalLong number(ObjectKey key) {
    String name = key.value();
    return name.length() == StorePathHash.LENGTH + SUFFIX.length() && name.endsWith(SUFFIX)
        ? paths.number(name.substring(0, name.length() - SUFFIX.length()))
        : OptionalLong.empty();
  }

  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    reads.increment();
    return number(key).isPresent() ? Optional.of(VERIFIED) : Optional.empty();
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key, VersionId version) {
    return open(key);
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    reads.increment();
    OptionalLong number = number(key);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = paths.narInfo(number.getAsLong());
    return Optional.of(
        new ObjectContent(
            new StoredObject(
                key,
                VERSION,
                ETAG,
                bytes.length,
                uploaded(number.getAsLong()),
                Optional.of("text/x-nix-narinfo"),
                Optional.empty()),
            new ByteArrayInputStream(bytes)));
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return open(key).map(ObjectContent::object);
  }

  @Override
  public Optional<Tags> tags(ObjectKey key, VersionId version) {
    return tags(key).map(TaggedVersion::tags);
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, NewObject object) {
    throw readOnly();
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object) {
    throw readOnly();
  }

  @Override
  public void delete(ObjectKey key) {
    throw readOnly();
  }

  @Override
  public void delete(ObjectKey key, VersionId version) {
    throw readOnly();
  }

  @Override
  public boolean tag(ObjectKey key, VersionId version, Tags tags) {
    throw readOnly();
  }

  @Override
  public List<VersionId> versions(ObjectKey key) {
    return List.of(VERSION);
  }

  @Override
  public List<VersionId> versionsInPlace(ObjectKey key) {
    return List.of(VERSION);
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("a synthetic cache is only read");
  }
}
