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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** A cache bucket of synthetic paths, all verified: only narinfos, and only to be read. */
final class SyntheticCache implements VersionedStore {
  private static final String SUFFIX = ".narinfo";
  private static final VersionId VERSION = new VersionId("1");
  private static final ETag ETAG = new ETag("d41d8cd98f00b204e9800998ecf8427e");
  private static final TaggedVersion VERIFIED =
      new TaggedVersion(VERSION, VerdictTag.VERIFIED.on(Tags.NONE));

  private final SyntheticPaths paths;
  private final LongAdder requests = new LongAdder();

  SyntheticCache(SyntheticPaths paths) {
    this.paths = requireNonNull(paths, "paths is null");
  }

  /** How often it was asked. */
  long requests() {
    return requests.sum();
  }

  @Override
  public ListPage list(String prefix, Optional<ObjectKey> startAfter, int max) {
    requests.increment();
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

  private Instant uploaded(long number) {
    return Instant.ofEpochSecond(paths.uploaded(number));
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
    requests.increment();
    return number(key).isPresent() ? Optional.of(VERIFIED) : Optional.empty();
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key, VersionId version) {
    return open(key);
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    requests.increment();
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
