package io.narthex.local.cli.paths;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * Store paths, and for those whose references came with them, these.
 *
 * @param references of each path, in the order in which they were given; empty if nobody said
 */
public record GivenPaths(SequencedMap<String, Optional<List<String>>> references) {
  public GivenPaths {
    references = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(references));
  }

  /** Paths of which nothing else is known. */
  public static GivenPaths of(Stream<String> paths) {
    var references = new LinkedHashMap<String, Optional<List<String>>>();
    paths.forEach(path -> references.put(path, Optional.empty()));
    return new GivenPaths(references);
  }

  /**
   * Reads a list, a path a line, or what {@code nix path-info --json} prints.
   *
   * @throws IllegalArgumentException if it begins like JSON and is something else
   */
  public static GivenPaths parse(String text) {
    String stripped = text.strip();
    return stripped.startsWith("{") || stripped.startsWith("[")
        ? PathInfoJson.read(stripped)
        : of(text.lines().map(String::strip).filter(line -> !line.isEmpty()));
  }

  /** All of these and all of those. */
  public GivenPaths and(GivenPaths more) {
    var all = new LinkedHashMap<>(references);
    more.references.forEach(
        (path, known) -> all.merge(path, known, (one, other) -> one.or(() -> other)));
    return new GivenPaths(all);
  }

  /** Each once. */
  public List<String> paths() {
    return List.copyOf(references.sequencedKeySet());
  }

  /** The same and all that they refer to, at any remove. */
  public SequencedSet<String> closure(Closures closures) {
    var closure = new LinkedHashSet<>(references.keySet());
    references.values().stream().flatMap(Optional::stream).forEach(closure::addAll);
    List<String> open =
        closure.stream()
            .filter(path -> references.getOrDefault(path, Optional.empty()).isEmpty())
            .toList();
    if (!open.isEmpty()) {
      closure.addAll(closures.of(open));
    }
    return closure;
  }

  /** Finds what paths refer to. */
  @FunctionalInterface
  public interface Closures {
    /** These, and all that they refer to, at any remove. */
    List<String> of(List<String> paths);
  }
}
