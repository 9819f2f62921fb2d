package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/** What a decoded path asks for. */
sealed interface Route {
  /** Path of the reports, in front of a hash or the base name of a store path. */
  String REPORTS = "/api/v1/paths/";

  /** Path of what the function sees of its caller. */
  String WHOAMI = "/api/v1/whoami";

  /** {@code /}: the page for people. */
  record Page() implements Route {}

  /** {@code /api/v1/whoami}: what the function sees of its caller. */
  record WhoAmI() implements Route {}

  /** {@code /api/v1/paths/<hash>}: what was found about a store path. */
  record PathReport(StorePathHash hash) implements Route {
    public PathReport {
      requireNonNull(hash, "hash is null");
    }
  }

  /** An object of the cache. */
  record Cached(CachePath path) implements Route {
    public Cached {
      requireNonNull(path, "path is null");
    }
  }

  /** The route of a path; empty if nothing can be there. */
  static Optional<Route> of(String path) {
    if (path.equals("/")) {
      return Optional.of(new Page());
    }
    if (path.equals(WHOAMI)) {
      return Optional.of(new WhoAmI());
    }
    if (path.startsWith(REPORTS)) {
      return hash(path.substring(REPORTS.length())).map(PathReport::new);
    }
    return path.startsWith("/")
        ? CachePath.parse(path.substring(1)).map(Cached::new)
        : Optional.empty();
  }

  /** The hash that a text is, or that the base name of a store path begins with. */
  static Optional<StorePathHash> hash(String text) {
    try {
      return Optional.of(
          StorePathHash.isValid(text) ? new StorePathHash(text) : StorePath.parse(text).hash());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
