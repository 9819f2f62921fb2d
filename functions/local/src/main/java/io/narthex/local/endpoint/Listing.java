package io.narthex.local.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Messages;
import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.CacheInfo;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists the bucket and has everything looked at that is new, other or gone since the listing before
 * it, a page at a time. If it stops anywhere, the next one finds the same again. What only changes
 * an object's tags is not seen.
 */
final class Listing {
  /** Our clock and the store's may be this far apart, and its times that coarse. */
  private static final Duration MOMENT = Duration.ofSeconds(5);

  private final ObjectStore cache;
  private final Messages messages;
  private final Path file;
  private final Backlog backlog;
  private final Clock clock;

  Listing(ObjectStore cache, Messages messages, Path file, Backlog backlog, Clock clock) {
    this.cache = requireNonNull(cache, "cache is null");
    this.messages = requireNonNull(messages, "messages is null");
    this.file = requireNonNull(file, "file is null");
    this.backlog = requireNonNull(backlog, "backlog is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Waits while more is to be looked at than should be in memory. */
  @FunctionalInterface
  interface Backlog {
    void await() throws InterruptedException;
  }

  /**
   * Lists once.
   *
   * @throws io.narthex.cache.store.StoreException if the store failed
   */
  void run() throws InterruptedException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Instant settled = clock.instant().minus(MOMENT);
    try {
      try (ListingFile before = ListingFile.open(file);
          Writer lines = Files.newBufferedWriter(next, UTF_8)) {
        list(before, lines, settled);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("listing into " + file, e);
    }
  }

  private void list(ListingFile before, Writer lines, Instant settled)
      throws IOException, InterruptedException {
    Optional<ObjectKey> after = Optional.empty();
    ListPage page;
    do {
      page = cache.list("", after, ObjectStore.MAX_PAGE);
      var changed = new ArrayList<ObjectKey>();
      for (ListPage.Entry entry : page.entries()) {
        after = Optional.of(entry.key());
        if (isLookedAt(entry.key())) {
          gone(before, Optional.of(entry.key()), changed);
          ListingFile.Line line = ListingFile.Line.of(entry);
          compare(before, line, changed);
          lines.write(line.unsettled(settled).text());
        }
      }
      send(changed);
    } while (page.more());
    var rest = new ArrayList<ObjectKey>();
    gone(before, Optional.empty(), rest);
    send(rest);
  }

  /** What was there and would come before this key, or before the end. */
  private void gone(ListingFile before, Optional<ObjectKey> key, List<ObjectKey> changed)
      throws IOException, InterruptedException {
    Optional<ListingFile.Line> line = before.current();
    while (line.filter(l -> key.isEmpty() || l.isBefore(key.get())).isPresent()) {
      changed.add(line.get().key());
      if (changed.size() >= ObjectStore.MAX_PAGE) {
        send(changed);
        changed.clear();
      }
      before.advance();
      line = before.current();
    }
  }

  private static void compare(ListingFile before, ListingFile.Line line, List<ObjectKey> changed)
      throws IOException {
    Optional<ListingFile.Line> old = before.current().filter(l -> l.key().equals(line.key()));
    if (!old.equals(Optional.of(line))) {
      changed.add(line.key());
    }
    if (old.isPresent()) {
      before.advance();
    }
  }

  private void send(List<ObjectKey> changed) throws InterruptedException {
    if (!changed.isEmpty()) {
      messages.lookAt(changed);
      backlog.await();
    }
  }

  private static boolean isLookedAt(ObjectKey key) {
    return CachePath.parse(key.value()).filter(path -> !(path instanceof CacheInfo)).isPresent();
  }
}
