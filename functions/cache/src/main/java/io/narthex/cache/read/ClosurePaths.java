package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.cache.index.Described;
import io.narthex.cache.index.Entry;
import io.narthex.cache.index.EntryLookup;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Closures: {@code {"paths": [{"hash", "storePath", "narSize", "fileSize", "references": […]}],
 * "next", "count", "narSize", "fileSize", "missing": {"absent": […], "waiting": […], "rejected":
 * […]}, "complete"}}. The paths are sorted by hash; sizes and what is missing are those of the
 * whole closure in every part of it.
 */
final class ClosurePaths {
  /** A part of an answer is as long as this and one path more. */
  private static final int MOST_BYTES = 2 << 20;

  private final IndexReader index;
  private final SettingsSource settings;

  ClosurePaths(IndexReader index, SettingsSource settings) {
    this.index = requireNonNull(index, "index is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  Answer answer(Question.Closure asked, CallerAccess access) {
    Optional<Generation> generation = index.served();
    if (generation.isEmpty()) {
      return new Answer.NotReady(Reasons.NO_INDEX);
    }
    try (EntryLookup lookup = index.lookup(generation.get())) {
      return answer(asked, access, lookup);
    }
  }

  private Answer answer(Question.Closure asked, CallerAccess access, EntryLookup lookup) {
    var visible = new VisiblePaths(access);
    Optional<Entry> root =
        Optional.ofNullable(lookup.entries(List.of(asked.hash())).get(asked.hash()));
    return switch (visible.of(asked.hash(), root)) {
      case Access.Denied(var denial) -> access.refusal(denial);
      case Access.Allowed _ ->
          root.map(entry -> answer(asked, entry, new ClosureWalk(lookup, visible)))
              .orElseGet(() -> new Answer.NotFound(Reasons.absent(access.caller())));
    };
  }

  private Answer answer(Question.Closure asked, Entry root, ClosureWalk walk) {
    Optional<Described> described =
        root.described().filter(_ -> root.verdict() == VerdictTag.VERIFIED);
    if (described.isEmpty()) {
      return PathJson.answer((json, _) -> unverified(json, root));
    }
    walk.from(new StorePath(root.hash(), described.get().name()));
    return PathJson.answer((json, soFar) -> write(json, soFar, asked.paging(), walk));
  }

  private static void unverified(JsonGenerator json, Entry root) throws IOException {
    json.writeArrayFieldStart("paths");
    json.writeEndArray();
    totals(json, List.of());
    json.writeObjectFieldStart("missing");
    PathJson.texts(json, "absent", List.of());
    for (VerdictTag verdict : List.of(VerdictTag.WAITING, VerdictTag.REJECTED)) {
      boolean isIts = verdict == root.verdict();
      PathJson.texts(json, verdict.toString(), isIts ? List.of(root.hash()) : List.of());
    }
    json.writeEndObject();
    json.writeBooleanField("complete", true);
  }

  private void write(
      JsonGenerator json, ByteArrayOutputStream soFar, Paging paging, ClosureWalk walk)
      throws IOException {
    Optional<StorePathHash> next = paths(json, soFar, paging, walk);
    if (next.isPresent()) {
      json.writeStringField("next", next.get().nix32());
    }
    totals(json, walk.there().values());
    json.writeObjectFieldStart("missing");
    PathJson.texts(json, "absent", walk.absent());
    for (VerdictTag verdict : List.of(VerdictTag.WAITING, VerdictTag.REJECTED)) {
      PathJson.texts(json, verdict.toString(), walk.unverified(verdict));
    }
    json.writeEndObject();
    json.writeBooleanField("complete", walk.isComplete());
  }

  /** Writes a part of the paths, and says after which one the next part begins. */
  private Optional<StorePathHash> paths(
      JsonGenerator json, ByteArrayOutputStream soFar, Paging paging, ClosureWalk walk)
      throws IOException {
    var path = new PathJson(settings.current().storeDir());
    var part =
        paging
            .after()
            .map(hash -> walk.there().tailMap(new StorePathHash(hash), false))
            .orElse(walk.there());
    int written = 0;
    Optional<StorePathHash> last = Optional.empty();
    json.writeArrayFieldStart("paths");
    for (Map.Entry<StorePathHash, Described> one : part.entrySet()) {
      if (written == paging.limit() || soFar.size() > MOST_BYTES) {
        break;
      }
      json.writeStartObject();
      path.fields(json, one.getKey(), one.getValue());
      PathJson.references(json, one.getValue());
      json.writeEndObject();
      written++;
      last = Optional.of(one.getKey());
    }
    json.writeEndArray();
    return written < part.size() ? last : Optional.empty();
  }

  private static void totals(JsonGenerator json, Collection<Described> paths) throws IOException {
    json.writeNumberField("count", paths.size());
    json.writeNumberField("narSize", paths.stream().mapToLong(Described::narSize).sum());
    json.writeNumberField(
        "fileSize", paths.stream().mapToLong(path -> path.fileSize().orElse(0)).sum());
  }
}
