package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes sets say what shards say. */
final class SetUpdate {
  /** Shards of a set that are read at a time to mend it. */
  private static final Parallel SHARDS = new Parallel(64);

  private final IndexObjects objects;
  private final Retries retries;

  SetUpdate(IndexObjects objects, Retries retries) {
    this.objects = requireNonNull(objects, "objects is null");
    this.retries = requireNonNull(retries, "retries is null");
  }

  /**
   * Writes the segments of shards that were written. If we stop before that, or between two sets,
   * those who ask a set are told what the shard said before; the message that led here comes again.
   */
  void write(Generation generation, Collection<Segment.Of> segments) {
    var bySet = new TreeMap<Slice, List<Segment.Of>>();
    for (Segment.Of segment : segments) {
      bySet
          .computeIfAbsent(segment.shard().within(generation.setBits()), _ -> new ArrayList<>())
          .add(segment);
    }
    for (Map.Entry<Slice, List<Segment.Of>> set : bySet.entrySet()) {
      retries.until(
          generation.setKey(set.getKey()).value(),
          () -> swap(generation, set.getKey(), set.getValue()));
    }
  }

  /**
   * Has sets say what shards say now, also those that are at a later revision than their shard: one
   * that was restored from a copy. Whoever writes a shard meanwhile may find that later revision
   * and leave it, so the shards are looked at again after that.
   */
  void mend(Generation generation, Collection<Slice> shards) {
    var bySet =
        shards.stream().collect(Collectors.groupingBy(one -> one.within(generation.setBits())));
    bySet.forEach(
        (set, its) ->
            retries.until(generation.setKey(set).value(), () -> mend(generation, set, its)));
  }

  private Optional<CompactSet> mend(Generation generation, Slice set, List<Slice> shards) {
    IndexObjects.Stored<CompactSet> stored = objects.set(generation, set);
    CompactSet right =
        stored
            .value()
            .replacing(SHARDS.map(shards, slice -> Segment.of(objects.shardOf(generation, slice))));
    if (right.segments().equals(stored.value().segments())) {
      return Optional.of(right);
    }
    boolean isRight =
        objects.swap(generation, stored, right)
            && SHARDS
                .map(shards, slice -> right.saysOf(objects.shardOf(generation, slice)))
                .stream()
                .allMatch(isSo -> isSo);
    return isRight ? Optional.of(right) : Optional.empty();
  }

  private Optional<CompactSet> swap(Generation generation, Slice set, List<Segment.Of> segments) {
    IndexObjects.Stored<CompactSet> stored = objects.set(generation, set);
    CompactSet changed = stored.value().with(segments);
    boolean isThere =
        stored.etag().isPresent() && changed.segments().equals(stored.value().segments());
    return isThere || objects.swap(generation, stored, changed)
        ? Optional.of(changed)
        : Optional.empty();
  }
}
