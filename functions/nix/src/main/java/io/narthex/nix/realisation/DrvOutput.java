package io.narthex.nix.realisation;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.text.Excerpt;

/**
 * One output of a derivation, as Nix 2.35 and later name it.
 *
 * @param drvPath the derivation; its name ends in {@code .drv}
 * @param outputName the output
 */
public record DrvOutput(StorePath drvPath, OutputName outputName) {
  static final String FOLDER = "build-trace-v2/";
  private static final String SUFFIX = ".doi";

  public DrvOutput {
    requireNonNull(outputName, "outputName is null");
    if (!drvPath.isDerivation()) {
      throw new IllegalArgumentException("not a derivation: " + drvPath);
    }
  }

  /**
   * Reads the path within a cache: {@code build-trace-v2/<drv>/<output>.doi}.
   *
   * @throws IllegalArgumentException for anything else, with a message for users
   */
  public static DrvOutput parseCachePath(String path) {
    int slash = path.indexOf('/', FOLDER.length());
    if (!path.startsWith(FOLDER) || slash < 0 || !path.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(
          "not build-trace-v2/<drv>/<output>.doi: " + Excerpt.of(path));
    }
    return new DrvOutput(
        StorePath.parse(path.substring(FOLDER.length(), slash)),
        new OutputName(path.substring(slash + 1, path.length() - SUFFIX.length())));
  }

  /** Where a cache keeps the realisation of this output. */
  public String cachePath() {
    return FOLDER + drvPath + "/" + outputName + SUFFIX;
  }

  /** {@code <drv>^<output>}, Nix's notation for an output. */
  @Override
  public String toString() {
    return drvPath + "^" + outputName;
  }
}
