package io.narthex.cache.layout;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import java.util.Optional;

/**
 * What a key of the cache bucket means, which is also the path of a request relative to the cache
 * URL. Everything a Nix client asks for is one of these; a key that is none of them is never
 * admitted and never served.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/binary-cache/">Binary cache
 *     protocol</a>
 */
public sealed interface CachePath {
  /** The key in the cache bucket. */
  ObjectKey key();

  /** The path that a key spells; empty if it is none that Nix knows. */
  static Optional<CachePath> parse(String text) {
    return CachePathParser.parse(text);
  }

  /** {@code nix-cache-info}: ours, written by provisioning alone. */
  record CacheInfo() implements CachePath {
    @Override
    public ObjectKey key() {
      return new ObjectKey("nix-cache-info");
    }
  }

  /** {@code <hash>.narinfo}. */
  record NarInfoPath(StorePathHash hash) implements CachePath {
    public NarInfoPath {
      requireNonNull(hash, "hash is null");
    }

    @Override
    public ObjectKey key() {
      return new ObjectKey(hash + ".narinfo");
    }
  }

  /**
   * {@code nar/<file>}; Nix writes {@code nar/<FileHash>.nar.xz}, other tools other names.
   *
   * @param file path segments of letters, digits and {@code + - . _ ? =} without the {@code ?};
   *     none is empty, {@code .} or {@code ..}
   */
  record NarPath(String file) implements CachePath {
    private static final int MAX_LENGTH = 255;

    public NarPath {
      requireNonNull(file, "file is null");
      if (!isValid(file)) {
        throw new IllegalArgumentException("not a file under nar/: " + file);
      }
    }

    /** What the URL of a narinfo points at; empty if that is no NAR of the cache itself. */
    public static Optional<NarPath> at(String url) {
      return CachePath.parse(url).filter(NarPath.class::isInstance).map(NarPath.class::cast);
    }

    static boolean isValid(String file) {
      if (file.length() > MAX_LENGTH) {
        return false;
      }
      int start = 0;
      for (int end = file.indexOf('/'); end >= 0; end = file.indexOf('/', start)) {
        if (!isSegment(file, start, end)) {
          return false;
        }
        start = end + 1;
      }
      return isSegment(file, start, file.length());
    }

    private static boolean isSegment(String file, int start, int end) {
      boolean isAllowed = end > start;
      boolean isDots = end - start <= 2;
      for (int i = start; i < end; i++) {
        char c = file.charAt(i);
        isAllowed &= c != '?' && StorePathName.isAllowed(c);
        isDots &= c == '.';
      }
      return isAllowed && !isDots;
    }

    @Override
    public ObjectKey key() {
      return new ObjectKey("nar/" + file);
    }
  }

  /** {@code <hash>.ls}: the listing of a NAR. */
  record ListingPath(StorePathHash hash) implements CachePath {
    public ListingPath {
      requireNonNull(hash, "hash is null");
    }

    @Override
    public ObjectKey key() {
      return new ObjectKey(hash + ".ls");
    }
  }

  /**
   * {@code log/<drv>}: the build log of a derivation.
   *
   * @param derivation base name of a store path that ends in {@code .drv}
   */
  record LogPath(String derivation) implements CachePath {
    public LogPath {
      requireNonNull(derivation, "derivation is null");
    }

    @Override
    public ObjectKey key() {
      return new ObjectKey("log/" + derivation);
    }
  }

  /**
   * {@code debuginfo/<build id>.debug}: which member of which NAR has the debug information.
   *
   * @param buildId 40 lower-case hexadecimal digits
   */
  record DebugInfoPath(String buildId) implements CachePath {
    public DebugInfoPath {
      requireNonNull(buildId, "buildId is null");
    }

    @Override
    public ObjectKey key() {
      return new ObjectKey("debuginfo/" + buildId + ".debug");
    }
  }

  /**
   * {@code realisations/sha256:<hex>!<output>.doi}: a realisation as Nix 2.4 to 2.34 writes it.
   *
   * @param derivationHash {@code sha256:} and 64 hexadecimal digits
   */
  record RealisationPath(String derivationHash, String output) implements CachePath {
    public RealisationPath {
      requireNonNull(derivationHash, "derivationHash is null");
      requireNonNull(output, "output is null");
    }

    @Override
    public ObjectKey key() {
      return new ObjectKey("realisations/" + derivationHash + "!" + output + ".doi");
    }
  }

  /** {@code build-trace-v2/<drv>/<output>.doi}: a realisation as Nix 2.35 and newer write it. */
  record BuildTracePath(String derivation, String output) implements CachePath {
    public BuildTracePath {
      requireNonNull(derivation, "derivation is null");
      requireNonNull(output, "output is null");
    }

    @Override
    public ObjectKey key() {
      return new ObjectKey("build-trace-v2/" + derivation + "/" + output + ".doi");
    }
  }
}
