package io.narthex.bench.index;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Times searches and closures: of a store that answers at once, and of one as slow as S3. */
final class Questions {
  /** What is assumed of S3 in {@code docs/scale.md} too. */
  private static final Duration DELAY = Duration.ofMillis(20);

  /** What is in many names, in few, and in none. */
  private static final String[] TEXTS = {"lib", "glibc", "no-such-name"};

  private final DirectoryStore state;
  private final Stopwatch stopwatch;

  Questions(DirectoryStore state, Stopwatch stopwatch) {
    this.state = requireNonNull(state, "state is null");
    this.stopwatch = requireNonNull(stopwatch, "stopwatch is null");
  }

  /** Searches, and a closure, by somebody who has read nothing yet but the manifest. */
  void print(StorePathHash root) {
    var near = new AskedIndex(state);
    var far = new AskedIndex(new DelayedStore(state, DELAY));
    for (String text : TEXTS) {
      long found = near.search(text);
      String what = "search for %s, %d shown".formatted(text, found);
      print(what, found, () -> near.search(text));
      print(what + ", 20 ms", found, () -> far.search(text));
    }
    long count = near.closure(root);
    print("closure, 20 ms a request", count, () -> far.closure(root));
  }

  private void print(String what, long expected, LongSupplier question) {
    IndexAtScale.median(
            () ->
                stopwatch.time(
                    Math.max(1, expected),
                    () -> IndexAtScale.requireSame(expected, question.getAsLong())))
        .print(what);
  }
}
