package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes sets say what shards say. */
final class SetUpdate {
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
