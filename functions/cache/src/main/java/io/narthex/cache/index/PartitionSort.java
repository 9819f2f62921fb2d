package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.index.Run.Sections;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Sorts one partition: takes what every piece has for it and merges that into the files that
 * queries read. It may be stopped anywhere and done again, also by two at once: all of them read
 * the same runs and write the same bytes. It holds what the pieces have for one partition, and the
 * file that is being written.
 */
final class PartitionSort {
  private final ObjectStore state;
  private final Parallel requests;

  PartitionSort(ObjectStore state, Parallel requests) {
    this.state = requireNonNull(state, "state is null");
    this.requests = requireNonNull(requests, "requests is null");
  }

  /** Sorts it, unless that was done. Returns how many paths it has, by their names. */
  long sort(Generation generation, Slice partition, List<Slice> pieces) {
    Optional<Long> done = done(generation, partition);
    if (done.isPresent()) {
      return done.get();
    }
    List<Sections> sections =
        requests.map(pieces, piece -> new Run(state, generation.runKey(piece)).sections(partition));
    writePairs(generation, partition, sections);
    long paths = writeNames(generation, partition, sections);
    // If we stop before this, all of it is done again, to the same bytes.
    ObjectNode json = JsonDocument.object();
    json.put("paths", paths);
    put(generation.partitionKey(partition), JsonDocument.write(json), "application/json");
    return paths;
  }

  /** How many paths a partition has, if it is sorted. */
  Optional<Long> done(Generation generation, Slice partition) {
    return state.open(generation.partitionKey(partition)).map(PartitionSort::paths);
  }

  private static long paths(ObjectContent content) {
    try (content) {
      return JsonDocument.parse(content.readAll()).number("paths");
    } catch (MalformedJsonException e) {
      throw new StoreException("reading " + content.object().key(), e);
    }
  }

  /** Some pairs, and how far they have been taken. */
  private static final class Cursor implements Comparable<Cursor> {
    private final byte[] pairs;
    private int at;

    Cursor(byte[] pairs) {
      this.pairs = pairs;
    }

    boolean hasNext() {
      return at < pairs.length;
    }

    @Override
    public int compareTo(Cursor other) {
      return Arrays.compareUnsigned(
          pairs, at, at + Pairs.LENGTH, other.pairs, other.at, other.at + Pairs.LENGTH);
    }
  }

  private void writePairs(Generation generation, Slice partition, List<Sections> sections) {
    var queue = new PriorityQueue<Cursor>();
    sections.stream()
        .map(one -> new Cursor(one.pairs()))
        .filter(Cursor::hasNext)
        .forEach(queue::add);
    for (Slice slice : partition.split(generation.pieceBits()).toList()) {
      var file = new ReferrerFile(slice);
      while (!queue.isEmpty() && file.takes(queue.element().pairs, queue.element().at)) {
        Cursor least = queue.remove();
        file.add(least.pairs, least.at);
        least.at += Pairs.LENGTH;
        if (least.hasNext()) {
          queue.add(least);
        }
      }
      put(generation.referrersKey(slice), file.write(), ReferrerFile.CONTENT_TYPE);
    }
  }

  /** The next name of a piece, and those after it. */
  private record Upcoming(NamedPath next, Iterator<NamedPath> rest) {
    static Optional<Upcoming> of(Iterator<NamedPath> names) {
      return names.hasNext() ? Optional.of(new Upcoming(names.next(), names)) : Optional.empty();
    }
  }

  private long writeNames(Generation generation, Slice partition, List<Sections> sections) {
    var queue = new PriorityQueue<Upcoming>(Comparator.comparing(Upcoming::next));
    names(sections).forEach(names -> Upcoming.of(names).ifPresent(queue::add));
    var file = new NameFile();
    while (!queue.isEmpty()) {
      Upcoming least = queue.remove();
      file.add(least.next());
      Upcoming.of(least.rest()).ifPresent(queue::add);
    }
    put(generation.namesKey(partition), file.text(), NameFile.TEXT_TYPE);
    put(generation.namedHashesKey(partition), file.hashes(), NameFile.HASHES_TYPE);
    return file.paths();
  }

  private static List<Iterator<NamedPath>> names(List<Sections> sections) {
    var names = new ArrayList<Iterator<NamedPath>>();
    for (Sections one : sections) {
      try {
        names.add(Names.read(one.names()));
      } catch (MalformedIndexException e) {
        throw new StoreException("reading a run", e);
      }
    }
    return names;
  }

  /** What is there already was written from the same runs. */
  private void put(ObjectKey key, byte[] bytes, String contentType) {
    WriteOnce.put(state, key, NewObject.of(bytes, contentType));
  }
}
