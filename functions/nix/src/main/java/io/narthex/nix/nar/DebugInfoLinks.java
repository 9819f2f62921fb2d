package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The debug information that an archive offers: every regular file {@code lib/debug/.build-id/<2
 * hex>/<38 hex>.debug}.
 *
 * @param byBuildId the 40 lower-case hexadecimal digits of the build id, to its link
 */
public record DebugInfoLinks(SortedMap<String, DebugInfoLink> byBuildId) {
  private static final String DIRECTORY = "lib/debug/.build-id";
  private static final Pattern FIRST = Pattern.compile("[0-9a-f]{2}");
  private static final Pattern REST = Pattern.compile("[0-9a-f]{38}\\.debug");
  private static final String SUFFIX = ".debug";

  public DebugInfoLinks {
    requireNonNull(byBuildId, "byBuildId is null");
    byBuildId = Collections.unmodifiableSortedMap(new TreeMap<>(byBuildId));
  }

  /**
   * The links for an archive.
   *
   * @param narUrl the narinfo's {@code URL}, e.g. {@code nar/1w1f….nar.xz}
   */
  public static DebugInfoLinks of(NarListing listing, String narUrl) {
    SortedMap<String, DebugInfoLink> links = new TreeMap<>();
    for (NarNode.Entry first : entries(buildIds(listing))) {
      if (FIRST.matcher(first.name().raw()).matches()) {
        addLinks(links, first, "../" + narUrl);
      }
    }
    return new DebugInfoLinks(links);
  }

  /** The key of a build id's link in a binary cache. */
  public static String key(String buildId) {
    return "debuginfo/" + buildId + SUFFIX;
  }

  private static Optional<NarNode> buildIds(NarListing listing) {
    return listing.find(Stream.of(DIRECTORY.split("/")).map(NarName::of).toList());
  }

  private static List<NarNode.Entry> entries(Optional<NarNode> node) {
    return node.filter(NarNode.Directory.class::isInstance)
        .map(directory -> ((NarNode.Directory) directory).entries())
        .orElse(List.of());
  }

  private static void addLinks(
      SortedMap<String, DebugInfoLink> links, NarNode.Entry first, String archive) {
    String prefix = first.name().raw();
    for (NarNode.Entry rest : entries(Optional.of(first.node()))) {
      String name = rest.name().raw();
      if (rest.node() instanceof NarNode.Regular && REST.matcher(name).matches()) {
        String buildId = prefix + name.substring(0, name.length() - SUFFIX.length());
        String member = DIRECTORY + "/" + prefix + "/" + name;
        links.put(buildId, new DebugInfoLink(archive, member));
      }
    }
  }
}
