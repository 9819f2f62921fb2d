package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.Need;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import java.util.List;

/**
 * Who waits for what, as one empty object each: {@code waiting/<needed>/<waiter>}. Whoever waits
 * places the mark and then looks once more; whoever admits something lists the marks for it. S3 is
 * strongly consistent, so one of the two sees the other.
 */
final class WaitingMarks {
  private final ObjectStore state;

  WaitingMarks(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
  }

  /** Places a mark. If we stop right after it, the waiter is woken once in vain at the worst. */
  void place(Need need, ObjectKey waiter) {
    state.putIfAbsent(StateKeys.waiting(need, waiter), NewObject.of("", "text/plain"));
  }

  /** Takes a mark away. If we stop right before it, the waiter is woken once in vain. */
  void remove(Need need, ObjectKey waiter) {
    state.delete(StateKeys.waiting(need, waiter));
  }

  /** Who waits for one thing: keys of the cache bucket. */
  List<ObjectKey> waiters(Need need) {
    return state.listAll(StateKeys.waiting(need)).stream()
        .map(ListPage.Entry::key)
        .map(WaitingMarks::waiter)
        .toList();
  }

  static ObjectKey waiter(ObjectKey mark) {
    return new ObjectKey(StateKeys.lastSegment(mark));
  }
}
