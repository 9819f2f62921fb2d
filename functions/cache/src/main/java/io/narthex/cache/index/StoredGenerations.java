package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What lies under {@code index/}, whatever the manifest says. */
final class StoredGenerations {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  /** The character after the slash: greater than all that lies in a folder. */
  private static final char AFTER_SLASH = '/' + 1;

  private final ObjectStore state;
  private final Parallel requests;

  StoredGenerations(ObjectStore state, Parallel requests) {
    this.state = requireNonNull(state, "state is null");
    this.requests = requireNonNull(requests, "requests is null");
  }

  /** The numbers of those of which any object is there: one request for each. */
  SortedSet<Integer> numbers() {
    var numbers = new TreeSet<Integer>();
    for (Optional<String> name = next(Optional.empty()); name.isPresent(); name = next(name)) {
      name.filter(one -> NUMBER.matcher(one).matches())
          .map(Integer::valueOf)
          .ifPresent(numbers::add);
    }
    return numbers;
  }

  /** The name of the next folder or object after one that was found, and all that lies in it. */
  private Optional<String> next(Optional<String> found) {
    Optional<ObjectKey> after =
        found.map(name -> new ObjectKey(IndexKeys.PREFIX + name + AFTER_SLASH));
    return state.list(IndexKeys.PREFIX, after, 1).entries().stream()
        .map(entry -> entry.key().value().substring(IndexKeys.PREFIX.length()).split("/", 2)[0])
        .findFirst();
  }

  /** Removes all of one. If we stop in between, the rest is still there. */
  long remove(int number) {
    List<ListPage.Entry> left = state.listAll(IndexKeys.PREFIX + number + "/");
    return requests.map(left, this::remove).size();
  }

  private ListPage.Entry remove(ListPage.Entry entry) {
    state.delete(entry.key());
    return entry;
  }
}
