package io.narthex.nix.realisation;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.hash.Hash;
import io.narthex.nix.text.Excerpt;

/**
 * One output of a derivation, as Nix 2.4 to 2.34 name it: by a hash of the derivation that leaves
 * out how its inputs came about. Ordered by text.
 *
 * @param drvHash that hash
 * @param outputName the output
 */
public record LegacyDrvOutput(Hash drvHash, OutputName outputName)
    implements Comparable<LegacyDrvOutput> {
  private static final String FOLDER = "realisations/";
  private static final String SUFFIX = ".doi";

  public LegacyDrvOutput {
    requireNonNull(drvHash, "drvHash is null");
    requireNonNull(outputName, "outputName is null");
  }

  /**
   * Reads {@code <hash>!<output>}, the hash in any spelling.
   *
   * @throws IllegalArgumentException for anything else, with a message for users
   */
  public static LegacyDrvOutput parse(String id) {
    int mark = id.indexOf('!');
    if (mark < 0) {
      throw new IllegalArgumentException("not <hash>!<output>: " + Excerpt.of(id));
    }
    return new LegacyDrvOutput(
        Hash.parse(id.substring(0, mark)), new OutputName(id.substring(mark + 1)));
  }

  /**
   * Reads the path within a cache: {@code realisations/<algo>:<base16>!<output>.doi}, in exactly
   * that spelling.
   *
   * @throws IllegalArgumentException for anything else, with a message for users
   */
  public static LegacyDrvOutput parseCachePath(String path) {
    if (path.startsWith(FOLDER) && path.endsWith(SUFFIX)) {
      LegacyDrvOutput id = parse(path.substring(FOLDER.length(), path.length() - SUFFIX.length()));
      if (id.cachePath().equals(path)) {
        return id;
      }
    }
    throw new IllegalArgumentException(
        "not realisations/<algo>:<base16>!<output>.doi: " + Excerpt.of(path));
  }

  /** Where a cache keeps the realisation of this output. */
  public String cachePath() {
    return FOLDER + this + SUFFIX;
  }

  @Override
  public int compareTo(LegacyDrvOutput other) {
    return toString().compareTo(other.toString());
  }

  /** {@code <algo>:<base16>!<output>}. */
  @Override
  public String toString() {
    return drvHash.algorithm() + ":" + drvHash.base16() + "!" + outputName;
  }
}
