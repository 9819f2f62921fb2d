package io.narthex.bench;

import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.nar.NarInspection;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A pass over each NAR of a cache, in a process of its own, and nothing else of an audit. */
final class SmallPasses {
  private final Path cache;
  private final NarPass pass;

  private SmallPasses(Path cache, NarPass pass) {
    this.cache = cache;
    this.pass = pass;
  }

  /** Argument: the directory of the cache. */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    Path cache = Path.of(args[0]);
    var one = new SmallPasses(cache, new NarPass(StoreDir.DEFAULT));
    try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        DirectoryStream<Path> narInfos = Files.newDirectoryStream(cache, "*.narinfo")) {
      List<Future<?>> all = new ArrayList<>();
      narInfos.forEach(narInfo -> all.add(threads.submit(() -> one.verify(narInfo))));
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private void verify(Path file) {
    try {
      NarInfo narInfo = NarInfo.parse(Files.readAllBytes(file));
      try (InputStream nar = new FileInputStream(cache.resolve(narInfo.url()).toFile())) {
        NarInspection found =
            pass.inspect(narInfo.compression().orElseThrow(), narInfo.narSize(), nar);
        if (!isAsSaid(found, narInfo)) {
          throw new IllegalStateException(file + ": " + found);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedNarInfoException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static boolean isAsSaid(NarInspection found, NarInfo narInfo) {
    return found.archive() instanceof ArchiveOutcome.WellFormed archive
        && archive.nar().sha256().equals(narInfo.narHash())
        && Optional.of(found.file().sha256()).equals(narInfo.fileHash());
  }
}
