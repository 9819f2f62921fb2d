package io.narthex.cache.index;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Goes through the paths in whose names a text occurred when the index was built, upper or lower
 * case: first those whose names begin with it, then the others, each by name and then by hash. One
 * pass over all names finds the next thousand of them.
 */
public final class NameSearch {
  private static final int MOST_NAMES = 1000;

  private final ObjectStore state;
  private final NamePass names;
  private final Parallel requests;
  private final String lowerCase;
  private final Deque<NameMatch> found = new ArrayDeque<>();

  /** A path after which the first pass goes on: in its own name. */
  private Optional<StorePath> after;

  /** The last name of the last pass. */
  private Optional<NameMatch> last = Optional.empty();

  /** How many paths of the first name that was found have been taken. */
  private long taken;

  private boolean isExhausted;

  /**
   * A search that begins at its beginning, or after a path that an earlier one came to.
   *
   * @param text ASCII, not empty
   */
  NameSearch(
      ObjectStore state,
      Generation generation,
      Parallel requests,
      String text,
      Optional<StorePath> after) {
    this.state = requireNonNull(state, "state is null");
    this.names = new NamePass(state, generation, requests);
    this.requests = requireNonNull(requests, "requests is null");
    this.lowerCase = text.toLowerCase(ROOT);
    this.after = requireNonNull(after, "after is null");
  }

  /** Some hashes of a name. */
  private record Part(NameMatch match, long from, int count) {}

  /** The next of them, so many at most; none after the last. */
  public List<StorePath> next(int most) {
    var parts = new ArrayList<Part>();
    int planned = 0;
    while (planned < most && isFound()) {
      Part part = take(found.element(), most - planned);
      parts.add(part);
      planned += part.count();
    }
    return requests.map(parts, this::read).stream().flatMap(Collection::stream).toList();
  }

  private Part take(NameMatch match, int most) {
    int count = (int) Math.min(most, match.count() - taken);
    var part = new Part(match, match.first() + taken, count);
    taken += count;
    if (taken == match.count()) {
      found.remove();
      taken = 0;
    }
    return part;
  }

  private List<StorePath> read(Part part) {
    byte[] hashes =
        part.count() == 0 ? new byte[0] : hashes(part.match()).read(part.from(), part.count());
    var name = new StorePathName(part.match().name());
    var paths = new ArrayList<StorePath>();
    for (int at = 0; at < hashes.length; at += HashBytes.LENGTH) {
      paths.add(new StorePath(HashBytes.read(hashes, at), name));
    }
    return paths;
  }

  private SortedRecords hashes(NameMatch match) {
    return new SortedRecords(
        state, names.generation().namedHashesKey(match.partition()), 0, HashBytes.LENGTH);
  }

  /** Whether there is another name, after a pass if that is needed. */
  private boolean isFound() {
    if (found.isEmpty() && !isExhausted) {
      found.addAll(names.first(MOST_NAMES, lowerCase, this::comesNext));
      isExhausted = found.size() < MOST_NAMES;
      last = Optional.ofNullable(found.peekLast());
      after.ifPresent(this::skip);
      after = Optional.empty();
    }
    return !found.isEmpty();
  }

  private boolean comesNext(NameMatch match) {
    return after.isPresent()
        ? match.compareTo(NameMatch.of(after.get(), lowerCase)) >= 0
        : last.isEmpty() || match.compareTo(last.get()) > 0;
  }

  /** Passes the paths of the first name that do not come after this one. */
  private void skip(StorePath path) {
    NameMatch first = found.peekFirst();
    if (first != null && first.isNamed(path)) {
      byte[] next = SortedRecords.following(HashBytes.of(path.hash()));
      long end = first.first() + first.count();
      taken = hashes(first).find(next, first.first(), end) - first.first();
    }
  }
}
