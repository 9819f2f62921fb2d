package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a rebuild writes beside shards and sets: referrers, names and statistics, as of its
 * beginning. Nothing keeps them afterwards.
 */
final class SortedFiles {
  /** Signers named in the statistics. */
  private static final int MOST_SIGNERS = 1000;

  private final ObjectStore state;
  private final Parallel requests;
  private final PartitionSort sort;

  SortedFiles(ObjectStore state, Parallel requests) {
    this.state = requireNonNull(state, "state is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.sort = new PartitionSort(state, requests);
  }

  /** Sorts a partition, unless that was done. Returns how many paths it has, by their names. */
  long sort(Generation generation, Slice partition) {
    return sort.sort(generation, partition, generation.pieces());
  }

  /**
   * Writes the statistics, of all that is there since then.
   *
   * @throws StoreException if a partition is not sorted
   */
  void finish(Generation generation, Instant begun) {
    requests.map(generation.partitions(), partition -> requireSorted(generation, partition));
    if (state.head(generation.statisticsKey()).isPresent()) {
      return;
    }
    var all = new Statistics();
    requests
        .map(generation.pieces(), piece -> read(generation.partialStatisticsKey(piece)))
        .forEach(all::add);
    ObjectNode json = JsonDocument.object();
    json.put("asOf", begun.truncatedTo(ChronoUnit.SECONDS).toString());
    all.write(json, MOST_SIGNERS);
    WriteOnce.put(
        state,
        generation.statisticsKey(),
        NewObject.of(JsonDocument.write(json), "application/json"));
  }

  private long requireSorted(Generation generation, Slice partition) {
    return sort.done(generation, partition)
        .orElseThrow(
            () -> new StoreException(generation.partitionKey(partition) + " is not sorted"));
  }

  private Statistics read(ObjectKey key) {
    try (ObjectContent content =
        state.open(key).orElseThrow(() -> new StoreException(key + " is not there"))) {
      return Statistics.read(JsonDocument.parse(content.readAll()));
    } catch (MalformedJsonException e) {
      throw new StoreException("reading " + key, e);
    }
  }

  /** Removes what was only there to be sorted; what we leave goes with the generation. */
  void removeRuns(Generation generation) {
    requests.map(state.listAll(generation.runs()), this::remove);
  }

  private boolean remove(ListPage.Entry entry) {
    state.delete(entry.key());
    return true;
  }
}
