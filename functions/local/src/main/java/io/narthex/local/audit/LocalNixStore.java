package io.narthex.local.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The Nix store of this machine: what is in its directory. */
public final class LocalNixStore {
  /** Where Nix has it. */
  public static final LocalNixStore DEFAULT = new LocalNixStore(Path.of("/nix/store"));

  private final Path directory;

  LocalNixStore(Path directory) {
    this.directory = requireNonNull(directory, "directory is null");
  }

  /**
   * The hashes of all paths in it, and of some that are not: what Nix itself knows to be valid it
   * does not tell without its daemon.
   *
   * @throws IllegalStateException if there is none
   */
  public void list(Consumer<StorePathHash> each) {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path path : names) {
        String name = String.valueOf(path.getFileName());
        int dash = name.indexOf('-');
        if (dash == StorePathHash.LENGTH && isOutput(name)) {
          String hash = name.substring(0, dash);
          if (StorePathHash.isValid(hash)) {
            each.accept(new StorePathHash(hash));
          }
        }
      }
    } catch (DirectoryIteratorException | IOException e) {
      throw new IllegalStateException(
          "this cache cannot be listed and there is no Nix store here: say --paths or --closure",
          e);
    }
  }

  private static boolean isOutput(String name) {
    return !name.endsWith(".drv") && !name.endsWith(".lock") && !name.endsWith(".chroot");
  }
}
