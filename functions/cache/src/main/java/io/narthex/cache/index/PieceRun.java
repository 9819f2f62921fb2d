package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.verdict.VerdictTag;

/**
 * Gathers what a piece has for the sorted files and the statistics, of paths that are verified. Who
 * builds a piece a second time leaves what the first one wrote: it is of after the rebuild's
 * beginning, and whoever sorts must read the same every time.
 */
final class PieceRun {
  private final Generation generation;
  private final Slice piece;
  private final Pairs pairs;
  private final Names names;
  private final Statistics statistics = new Statistics();

  PieceRun(Generation generation, Slice piece) {
    this.generation = requireNonNull(generation, "generation is null");
    this.piece = requireNonNull(piece, "piece is null");
    this.pairs = new Pairs(generation.pieceBits());
    this.names = new Names(generation.partitionBits());
  }

  /** What a shard of the piece has; the shards in their order. */
  void add(Shard shard) {
    shard.entries().values().forEach(this::add);
  }

  private void add(Entry entry) {
    statistics.add(entry);
    if (entry.verdict() == VerdictTag.VERIFIED && entry.described().isPresent()) {
      add(entry, entry.described().get());
    }
  }

  private void add(Entry entry, Described described) {
    described.referenceNames().addTo(pairs, HashBytes.of(entry.hash()));
    names.add(new NamedPath(described.name().name(), entry.hash()));
  }

  /** Writes it, once; the piece may be marked as done after that. */
  void write(ObjectStore state) {
    ObjectNode json = JsonDocument.object();
    statistics.write(json, Integer.MAX_VALUE);
    WriteOnce.put(
        state,
        generation.partialStatisticsKey(piece),
        NewObject.of(JsonDocument.write(json), "application/json"));
    byte[] run = Run.write(generation.slicesAPartition(), pairs, names.lists());
    WriteOnce.put(state, generation.runKey(piece), NewObject.of(run, Run.CONTENT_TYPE));
  }
}
