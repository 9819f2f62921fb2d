package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePathHash;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The objects of a bucket that are named by the hashes of a slice, in their order: {@code
 * <folder><hash><suffix>}. What else lies between them is passed over, a whole folder at a time.
 */
final class HashListing implements Iterator<HashListing.Found> {
  /** The character after the slash: greater than all that lies in a folder. */
  private static final char AFTER_SLASH = '/' + 1;

  private final ObjectStore bucket;
  private final String folder;
  private final String suffix;
  private final Slice slice;
  private final Deque<Found> ready = new ArrayDeque<>();
  private Optional<ObjectKey> after;
  private boolean atEnd;

  private HashListing(ObjectStore bucket, String folder, String suffix, Slice slice) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.folder = requireNonNull(folder, "folder is null");
    this.suffix = requireNonNull(suffix, "suffix is null");
    this.slice = requireNonNull(slice, "slice is null");
    this.after = Optional.of(new ObjectKey(folder + slice.prefix()));
  }

  /** An object named by a hash, and when it was written. */
  record Found(StorePathHash hash, Instant written) {
    Found {
      requireNonNull(hash, "hash is null");
      requireNonNull(written, "written is null");
    }
  }

  /** The narinfos of a slice. */
  static HashListing narInfos(ObjectStore cache, Slice slice) {
    return new HashListing(cache, "", ".narinfo", slice);
  }

  /** The reports on the paths of a slice. */
  static HashListing reports(ObjectStore state, Slice slice) {
    return new HashListing(state, StateKeys.REPORTS, ".json", slice);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !atEnd) {
      readPage();
    }
    return !ready.isEmpty();
  }

  @Override
  public Found next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.removeFirst();
  }

  private void readPage() {
    ListPage page = bucket.list(folder + slice.sharedPrefix(), after, ObjectStore.MAX_PAGE);
    atEnd = !page.more();
    for (ListPage.Entry entry : page.entries()) {
      String name = entry.key().value().substring(folder.length());
      int slash = name.indexOf('/');
      if (slash >= 0) {
        after = Optional.of(new ObjectKey(folder + name.substring(0, slash) + AFTER_SLASH));
        continue;
      }
      after =
          after
              .filter(skipped -> skipped.compareTo(entry.key()) > 0)
              .or(() -> Optional.of(entry.key()));
      hash(name).ifPresent(hash -> take(new Found(hash, entry.lastModified())));
    }
  }

  private void take(Found found) {
    if (slice.contains(found.hash())) {
      ready.add(found);
    } else if (found.hash().compareTo(slice.lowest()) > 0) {
      atEnd = true;
    }
  }

  private Optional<StorePathHash> hash(String name) {
    return name.endsWith(suffix)
        ? Optional.of(name.substring(0, name.length() - suffix.length()))
            .filter(StorePathHash::isValid)
            .map(StorePathHash::new)
        : Optional.empty();
  }
}
