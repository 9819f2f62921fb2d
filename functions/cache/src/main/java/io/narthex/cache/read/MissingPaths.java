package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.index.Entry;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which of many paths a caller cannot have: {@code {"absent": […], "waiting": […], "rejected":
 * […]}}, each path as it was asked for. What the caller may not read is absent to it.
 */
final class MissingPaths {
  private final IndexReader index;

  MissingPaths(IndexReader index) {
    this.index = requireNonNull(index, "index is null");
  }

  Answer answer(MissingRequest request, CallerAccess access) {
    Optional<Generation> generation = index.served();
    return generation.isPresent()
        ? answer(request, access, generation.get())
        : new Answer.NotReady(Reasons.NO_INDEX);
  }

  private Answer answer(MissingRequest request, CallerAccess access, Generation generation) {
    var hashes = new TreeSet<>(request.paths().values());
    Map<StorePathHash, VerdictTag> verdicts = index.verdicts(generation, hashes);
    var hidden = new Hidden(access, generation, verdicts);
    var missing = new EnumMap<VerdictTag, ArrayNode>(VerdictTag.class);
    ObjectNode json = JsonDocument.object();
    ArrayNode absent = json.putArray("absent");
    missing.put(VerdictTag.WAITING, json.putArray("waiting"));
    missing.put(VerdictTag.REJECTED, json.putArray("rejected"));
    request
        .paths()
        .forEach(
            (text, hash) -> {
              Optional<VerdictTag> verdict =
                  Optional.ofNullable(verdicts.get(hash)).filter(_ -> !hidden.has(hash));
              verdict
                  .map(there -> Optional.ofNullable(missing.get(there)))
                  .orElse(Optional.of(absent))
                  .ifPresent(list -> list.add(text));
            });
    return new Answer.Inline(
        InlineKind.JSON.headersOfThisMoment(), new Payload(JsonDocument.write(json)));
  }

  /** Which of the paths that are there the caller may not read. */
  private final class Hidden {
    private final Map<StorePathHash, Boolean> hidden = new HashMap<>();

    Hidden(CallerAccess access, Generation generation, Map<StorePathHash, VerdictTag> there) {
      List<StorePathHash> refused =
          there.keySet().stream().filter(hash -> !mayRead(access, hash, Optional.empty())).toList();
      Map<StorePathHash, Entry> entries =
          access.looksAtTags() ? index.entries(generation, refused) : Map.of();
      for (StorePathHash hash : refused) {
        boolean mayRead =
            Optional.ofNullable(entries.get(hash))
                .filter(entry -> mayRead(access, hash, Optional.of(tags(entry))))
                .isPresent();
        hidden.put(hash, !mayRead);
      }
    }

    boolean has(StorePathHash hash) {
      return hidden.getOrDefault(hash, false);
    }
  }

  private static Tags tags(Entry entry) {
    return entry.described().map(described -> described.tags()).orElse(Tags.NONE);
  }

  private static boolean mayRead(CallerAccess access, StorePathHash hash, Optional<Tags> tags) {
    return access.mayReadTagged(new NarInfoPath(hash).key(), tags) instanceof Access.Allowed;
  }
}
