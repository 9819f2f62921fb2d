package io.narthex.cache.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One bucket, as the domain needs it. Reads and listings see every write that was acknowledged
 * before they began (S3 has been strongly consistent since 2020). Every method throws {@link
 * StoreException} when the store could not do it or could not be asked, so that <em>absent</em>
 * always means absent.
 *
 * <p>There is no unconditional write: who creates says {@link #putIfAbsent}, who changes says what
 * it changes by {@link #putIfMatch}.
 *
 * <p>Held by {@code ObjectStoreContract} in the test kit.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">
 *     Conditional writes</a>
 */
public interface ObjectStore {
  /** How many entries a page of a listing has at most, as on S3. */
  int MAX_PAGE = 1000;

  /** The current version of an object, without its bytes; empty if there is none. */
  Optional<StoredObject> head(ObjectKey key);

  /** The current version of an object, opened for reading; empty if there is none. */
  Optional<ObjectContent> open(ObjectKey key);

  /**
   * A part of the current version of an object: fewer bytes where the object ends, none at its end
   * or after it; empty if there is no such object. Parts that are read one after the other may be
   * of different versions, unless the object is one that is never written again.
   *
   * @param from of its first byte, from 0 on
   * @param length in bytes, at least 1
   */
  default Optional<byte[]> read(ObjectKey key, long from, int length) {
    return open(key).map(content -> content.read(from, length));
  }

  /**
   * Creates an object. Of several callers at once exactly one is told {@link PutResult.Stored}. A
   * caller that is told nothing (an exception) may or may not have written.
   */
  PutResult putIfAbsent(ObjectKey key, NewObject object);

  /**
   * Replaces an object that is still the one with this entity tag. Of several callers at once with
   * the same tag exactly one is told {@link PutResult.Stored}; an absent key fails the
   * precondition.
   */
  PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object);

  /**
   * Removes the current object; the key is absent then, as it may have been before. In a versioned
   * bucket the versions stay with their tags, under a delete marker.
   */
  void delete(ObjectKey key);

  /**
   * One page of the current objects whose keys begin with a prefix.
   *
   * @param prefix may be empty
   * @param startAfter only keys greater than this one
   * @param max at least 1; at most {@link #MAX_PAGE} are returned whatever it says
   */
  ListPage list(String prefix, Optional<ObjectKey> startAfter, int max);

  /** All current objects whose keys begin with a prefix, over as many pages as there are. */
  default List<ListPage.Entry> listAll(String prefix) {
    var all = new ArrayList<ListPage.Entry>();
    ListPage page;
    Optional<ObjectKey> after = Optional.empty();
    do {
      page = list(prefix, after, MAX_PAGE);
      all.addAll(page.entries());
      after = page.entries().isEmpty() ? after : Optional.of(page.entries().getLast().key());
    } while (page.more());
    return all;
  }
}
