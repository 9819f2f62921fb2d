package io.narthex.cache.layout;

import io.narthex.cache.layout.CachePath.BuildTracePath;
import io.narthex.cache.layout.CachePath.CacheInfo;
import io.narthex.cache.layout.CachePath.DebugInfoPath;
import io.narthex.cache.layout.CachePath.ListingPath;
import io.narthex.cache.layout.CachePath.LogPath;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.CachePath.RealisationPath;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link CachePath}. The patterns match whole keys and cannot backtrack far. */
final class CachePathParser {
  private static final String HASH = "([0-9a-df-np-sv-z]{32})";
  private static final String NAME = "[A-Za-z0-9+._?=-]{1,211}";
  private static final String DERIVATION = "([0-9a-df-np-sv-z]{32}-" + NAME + "\\.drv)";
  private static final String OUTPUT = "([A-Za-z0-9+._?=-]{1,211})";

  private static final Pattern NAR_INFO = Pattern.compile(HASH + "\\.narinfo");
  private static final Pattern LISTING = Pattern.compile(HASH + "\\.ls");
  private static final Pattern LOG = Pattern.compile("log/" + DERIVATION);
  private static final Pattern DEBUG_INFO = Pattern.compile("debuginfo/([0-9a-f]{40})\\.debug");
  private static final Pattern REALISATION =
      Pattern.compile("realisations/(sha256:[0-9a-f]{64})!" + OUTPUT + "\\.doi");
  private static final Pattern BUILD_TRACE =
      Pattern.compile("build-trace-v2/" + DERIVATION + "/" + OUTPUT + "\\.doi");

  private CachePathParser() {}

  static Optional<CachePath> parse(String text) {
    int slash = text.indexOf('/');
    return switch (slash < 0 ? "" : text.substring(0, slash)) {
      case "" -> topLevel(text);
      case "nar" -> nar(text.substring("nar/".length()));
      case "log" -> match(LOG, text, m -> new LogPath(m.group(1)));
      case "debuginfo" -> match(DEBUG_INFO, text, m -> new DebugInfoPath(m.group(1)));
      case "realisations" ->
          match(REALISATION, text, m -> new RealisationPath(m.group(1), m.group(2)));
      case "build-trace-v2" ->
          match(BUILD_TRACE, text, m -> new BuildTracePath(m.group(1), m.group(2)));
      default -> Optional.empty();
    };
  }

  private static Optional<CachePath> topLevel(String text) {
    if (text.equals("nix-cache-info")) {
      return Optional.of(new CacheInfo());
    }
    return match(NAR_INFO, text, m -> new NarInfoPath(new StorePathHash(m.group(1))))
        .or(() -> match(LISTING, text, m -> new ListingPath(new StorePathHash(m.group(1)))));
  }

  private static Optional<CachePath> nar(String file) {
    return NarPath.isValid(file) ? Optional.of(new NarPath(file)) : Optional.empty();
  }

  private static Optional<CachePath> match(
      Pattern pattern, String text, Function<Matcher, CachePath> path) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches() ? Optional.of(path.apply(matcher)) : Optional.empty();
  }
}
