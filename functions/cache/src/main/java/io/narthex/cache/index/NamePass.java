package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** One pass over all names of a generation: one request for each partition. */
record NamePass(ObjectStore state, Generation generation, Parallel requests) {
  NamePass {
    requireNonNull(state, "state is null");
    requireNonNull(generation, "generation is null");
    requireNonNull(requests, "requests is null");
  }

  /** The first names in which a text occurs, of those that are wanted. */
  List<NameMatch> first(int most, String lowerCase, Predicate<NameMatch> wanted) {
    byte[] text = lowerCase.getBytes(US_ASCII);
    return requests
        .map(generation.partitions(), partition -> first(most, text, wanted, partition))
        .stream()
        .flatMap(Collection::stream)
        .sorted()
        .limit(most)
        .toList();
  }

  private Collection<NameMatch> first(
      int most, byte[] text, Predicate<NameMatch> wanted, Slice partition) {
    ObjectKey key = generation.namesKey(partition);
    try (ObjectContent content =
            state.open(key).orElseThrow(() -> new StoreException(key + " is not there"));
        var names =
            new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(IndexObjects.bytes(content)))) {
      names.setLongMax(NameFile.WINDOW_LOG);
      return first(most, text, wanted, partition, new NameLines(names));
    } catch (IOException | MalformedIndexException e) {
      throw new StoreException("reading " + key, e);
    }
  }

  private static Collection<NameMatch> first(
      int most, byte[] text, Predicate<NameMatch> wanted, Slice partition, NameLines lines)
      throws IOException, MalformedIndexException {
    var first = new PriorityQueue<NameMatch>(Comparator.reverseOrder());
    while (lines.next()) {
      int index = lines.indexOf(text);
      if (index < 0) {
        continue;
      }
      var match = new NameMatch(index == 0, lines.name(), partition, lines.first(), lines.count());
      if (wanted.test(match)) {
        first.add(match);
      }
      if (first.size() > most) {
        first.remove();
      }
    }
    return first;
  }
}
