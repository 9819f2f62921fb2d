package io.narthex.local.cli.audit;

import io.narthex.cache.audit.Audit;
import io.narthex.cache.audit.ClosurePlan;
import io.narthex.cache.audit.PathSet;
import io.narthex.cache.audit.Scratch;
import io.narthex.local.audit.LocalNixStore;
import io.narthex.nix.path.StorePathHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Which paths of a cache are audited; all, if none of its options is given. */
final class SelectionOption {
  @Option(
      names = "--paths",
      paramLabel = "FILE",
      description = "Only the store paths, or their hashes, in this file, one a line; - for stdin.")
  private Optional<Path> paths = Optional.empty();

  @Option(
      names = "--closure",
      paramLabel = "STORE-PATH",
      description = "Only this path and all that it refers to.")
  private Optional<String> closure = Optional.empty();

  @Option(names = "--sample", paramLabel = "N", description = "Only so many paths, chosen by lot.")
  private Optional<Long> sample = Optional.empty();

  /** For a report. */
  String name() {
    if (paths.isPresent()) {
      return "--paths";
    }
    if (closure.isPresent()) {
      return "--closure " + closure.get();
    }
    return sample.isPresent() ? "--sample " + sample.get() : "all";
  }

  /** Whether somebody has named each path, so that one that is not there is missed. */
  boolean isNamed() {
    return paths.isPresent();
  }

  /** Whether it is not the whole cache. */
  boolean isPartial() {
    return paths.isPresent() || closure.isPresent() || sample.isPresent();
  }

  /** The paths; a cache that cannot be listed is asked for those of the Nix store here. */
  PathSet select(Audit audit, ClosurePlan plan, boolean isListable, Scratch scratch) {
    if (paths.isPresent()) {
      return collected(scratch, add -> lines(paths.get(), add));
    }
    if (closure.isPresent()) {
      StorePathHash root = hash(closure.get());
      return collected(scratch, add -> plan.of(root).forEach(add));
    }
    PathSet all = isListable ? audit.all() : collected(scratch, LocalNixStore.DEFAULT::list);
    return sample.isPresent() ? all.sample(sample.get(), System.nanoTime(), scratch) : all;
  }

  private static PathSet collected(Scratch scratch, Consumer<Consumer<StorePathHash>> source) {
    PathSet.Builder found = new PathSet.Builder(scratch);
    source.accept(found::add);
    return found.build();
  }

  private static void lines(Path file, Consumer<StorePathHash> add) {
    boolean isInput = file.toString().equals("-");
    try (BufferedReader reader =
        isInput
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : Files.newBufferedReader(file)) {
      reader
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .forEach(line -> add.accept(hash(line)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /** Of a store path, with or without its directory and name, or of the key of a narinfo. */
  private static StorePathHash hash(String text) {
    String base = text.substring(text.lastIndexOf('/') + 1);
    String hash = base.substring(0, Math.min(StorePathHash.LENGTH, base.length()));
    String rest = base.substring(hash.length());
    boolean isPath = rest.isEmpty() || rest.startsWith("-") || rest.equals(".narinfo");
    if (!StorePathHash.isValid(hash) || !isPath) {
      throw new IllegalArgumentException("not a store path: " + text);
    }
    return new StorePathHash(hash);
  }
}
