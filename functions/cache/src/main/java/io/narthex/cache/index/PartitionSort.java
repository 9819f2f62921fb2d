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
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Sorts one partition: takes what every piece has for it and makes of that the files that queries
 * read. It may be stopped anywhere and done again, also by two at once: all of them read the same
 * runs and write the same bytes. However large the partition is, it holds {@link
 * Rebuild#SORTED_AT_ONCE} bytes of what the pieces have, or what they have for one file; beside
 * that the file that is being written.
 */
final class PartitionSort {
  private final ObjectStore state;
  private final Parallel requests;
  private final long mostRead;

  PartitionSort(ObjectStore state, Parallel requests) {
    this(state, requests, Rebuild.SORTED_AT_ONCE);
  }

  /** One that reads so many bytes at a time, or what one file is made of. */
  PartitionSort(ObjectStore state, Parallel requests, long mostRead) {
    this.state = requireNonNull(state, "state is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.mostRead = mostRead;
  }

  /** Sorts it, unless that was done. Returns how many paths it has, by their names. */
  long sort(Generation generation, Slice partition, List<Slice> pieces) {
    Optional<Long> done = done(generation, partition);
    if (done.isPresent()) {
      return done.get();
    }
    List<Sections> runs =
        requests.map(pieces, piece -> Run.of(state, generation, piece).sections(partition));
    long paths = write(generation, partition, runs);
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

  /** The files of referrers, and then the names. */
  private long write(Generation generation, Slice partition, List<Sections> runs) {
    var window = new RunWindow(runs, requests, mostRead);
    List<Slice> slices = partition.split(generation.pieceBits()).toList();
    for (int i = 0; i < slices.size(); i++) {
      byte[] file = ReferrerFile.write(slices.get(i), window.section(i));
      put(generation.referrersKey(slices.get(i)), file, ReferrerFile.CONTENT_TYPE);
    }
    return writeNames(generation, partition, window.section(slices.size()));
  }

  private long writeNames(Generation generation, Slice partition, List<Span> sections) {
    var paths = new ArrayList<NamedPath>();
    for (Span section : sections) {
      try {
        Names.read(section, paths::add);
      } catch (MalformedIndexException e) {
        throw new StoreException("reading a run", e);
      }
    }
    Collections.sort(paths);
    var file = new NameFile();
    paths.forEach(file::add);
    put(generation.namesKey(partition), file.text(), NameFile.TEXT_TYPE);
    put(generation.namedHashesKey(partition), file.hashes(), NameFile.HASHES_TYPE);
    return file.paths();
  }

  /** What is there already was written from the same runs. */
  private void put(ObjectKey key, byte[] bytes, String contentType) {
    WriteOnce.put(state, key, NewObject.of(bytes, contentType));
  }
}
