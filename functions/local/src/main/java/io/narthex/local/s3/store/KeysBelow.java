package io.narthex.local.s3.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The files below a directory whose names, counted from there, agree with a prefix as far as both
 * go. Nothing is asked about any other file, so one key among very many costs the reading of its
 * folder's names. What goes away meanwhile is passed over, and what is beside it is not.
 */
final class KeysBelow {
  private final Path root;
  private final String prefix;

  /**
   * Of a directory and a prefix.
   *
   * @param prefix with segments, as far as they are complete, that a key may have
   */
  KeysBelow(Path root, String prefix) {
    this.root = root;
    this.prefix = prefix;
  }

  /** Names every such file, in no order; a name may also be shorter than the prefix. */
  void files(Consumer<String> consumer) throws IOException {
    String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    below(root.resolve(folder), folder, consumer);
  }

  private void below(Path directory, String name, Consumer<String> consumer) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String entryName = name + entry.getFileName();
        if (!agrees(entryName)) {
          continue;
        }
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          below(entry, entryName + "/", consumer);
        } else {
          consumer.accept(entryName);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException gone) {
      // Gone meanwhile, or never there: it has no files.
    }
  }

  private boolean agrees(String name) {
    return name.startsWith(prefix) || prefix.startsWith(name);
  }
}
