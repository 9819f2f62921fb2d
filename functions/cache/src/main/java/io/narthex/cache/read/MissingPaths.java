package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.index.Entry;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    Map<StorePathHash, VerdictTag> verdicts = verdicts(request, access, generation);
    var missing = new EnumMap<VerdictTag, ArrayNode>(VerdictTag.class);
    ObjectNode json = JsonDocument.object();
    ArrayNode absent = json.putArray("absent");
    missing.put(VerdictTag.WAITING, json.putArray("waiting"));
    missing.put(VerdictTag.REJECTED, json.putArray("rejected"));
    request
        .paths()
        .forEach(
            (text, hash) -> {
              Optional.ofNullable(verdicts.get(hash))
                  .map(there -> Optional.ofNullable(missing.get(there)))
                  .orElse(Optional.of(absent))
                  .ifPresent(list -> list.add(text));
            });
    return new Answer.Inline(
        InlineKind.JSON.headersOfThisMoment(), new Payload(JsonDocument.write(json)));
  }

  /**
   * The verdicts of those that are there and that the caller may read. Where tags decide, those
   * that are absent are looked up too: it takes no longer to say of one that it is hidden.
   */
  private Map<StorePathHash, VerdictTag> verdicts(
      MissingRequest request, CallerAccess access, Generation generation) {
    var visible = new VisiblePaths(access);
    Collection<StorePathHash> asked = request.paths().values();
    if (visible.areAll()) {
      return index.verdicts(generation, asked);
    }
    if (!access.looksAtTags()) {
      return index.verdicts(generation, asked.stream().filter(visible::isAllowed).toList());
    }
    List<StorePathHash> perhaps = asked.stream().distinct().filter(visible::couldBeSeen).toList();
    return index.entries(generation, perhaps).values().stream()
        .filter(visible::sees)
        .collect(toMap(Entry::hash, Entry::verdict));
  }
}
