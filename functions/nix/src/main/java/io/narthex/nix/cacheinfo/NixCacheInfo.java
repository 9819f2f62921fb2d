package io.narthex.nix.cacheinfo;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StoreDir;
import io.narthex.nix.text.Excerpt;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code nix-cache-info}, the first that a client reads.
 *
 * @param storeDir the store directory of every path in the cache; clients do not check it if it is
 *     missing
 * @param wantMassQuery whether clients may ask for many paths at once
 * @param priority lower is asked earlier; cache.nixos.org has 40
 * @see <a
 *     href="https://nix.dev/manual/nix/latest/protocols/binary-cache/nix-cache-info">nix-cache-info</a>
 */
public record NixCacheInfo(Optional<StoreDir> storeDir, boolean wantMassQuery, int priority) {
  private static final String STORE_DIR = "StoreDir";
  private static final String WANT_MASS_QUERY = "WantMassQuery";
  private static final String PRIORITY = "Priority";

  /** What C++'s stoi reads, which is what Nix uses: text after the digits does not matter. */
  private static final Pattern LEADING_INTEGER = Pattern.compile("^[+-]?[0-9]+");

  public NixCacheInfo {
    requireNonNull(storeDir, "storeDir is null");
  }

  /**
   * Reads the file as Nix does: lines without a colon and unknown names are ignored, values are
   * trimmed, the last of a name counts, nothing need be there.
   *
   * @throws MalformedNixCacheInfoException for a store directory or priority that cannot be
   */
  public static NixCacheInfo parse(String text) throws MalformedNixCacheInfoException {
    Optional<StoreDir> storeDir = Optional.empty();
    boolean wantMassQuery = false;
    int priority = 0;
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      switch (colon < 0 ? "" : line.substring(0, colon)) {
        case STORE_DIR -> storeDir = Optional.of(storeDir(value));
        case WANT_MASS_QUERY -> wantMassQuery = value.equals("1");
        case PRIORITY -> priority = priority(value);
        default -> {}
      }
    }
    return new NixCacheInfo(storeDir, wantMassQuery, priority);
  }

  private static StoreDir storeDir(String value) throws MalformedNixCacheInfoException {
    try {
      return new StoreDir(value);
    } catch (IllegalArgumentException e) {
      throw new MalformedNixCacheInfoException(STORE_DIR, Excerpt.reason(e));
    }
  }

  private static int priority(String value) throws MalformedNixCacheInfoException {
    Matcher digits = LEADING_INTEGER.matcher(value);
    try {
      if (digits.find()) {
        return Integer.parseInt(digits.group());
      }
    } catch (NumberFormatException e) {
      // Too large for an int: refused below, as Nix does.
    }
    throw new MalformedNixCacheInfoException(PRIORITY, "not a number: " + Excerpt.of(value));
  }

  /** The file's text, ending in a newline. */
  public String write() {
    return storeDir.map(dir -> STORE_DIR + ": " + dir + "\n").orElse("")
        + (WANT_MASS_QUERY + ": " + (wantMassQuery ? 1 : 0) + "\n")
        + (PRIORITY + ": " + priority + "\n");
  }
}
