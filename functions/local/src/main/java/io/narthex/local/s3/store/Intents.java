package io.narthex.local.s3.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.local.s3.model.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One small file for each change under way, so that the death of the process loses no event:
 * created before the first step of the change, removed after the listener has returned.
 */
final class Intents {
  private final Path directory;
  private final Sequence sequence;

  Intents(Path directory, Sequence sequence) {
    this.directory = directory;
    this.sequence = sequence;
  }

  Intent begin(ObjectName name) throws IOException {
    Path file = directory.resolve(hex(sequence.next()));
    Files.writeString(file, name.bucket() + "\n" + name.key() + "\n", UTF_8);
    return new Intent(file, name);
  }

  /**
   * What an earlier process left, oldest first. A file that is cut short was written before its
   * change began.
   */
  List<Intent> left() throws IOException {
    List<Path> files = new ArrayList<>();
    try (var found = Files.newDirectoryStream(directory)) {
      found.forEach(files::add);
    }
    files.sort(null);
    List<Intent> intents = new ArrayList<>();
    for (Path file : files) {
      String[] lines = Files.readString(file, UTF_8).split("\n", -1);
      if (lines.length == 3) {
        intents.add(new Intent(file, new ObjectName(lines[0], lines[1])));
      } else {
        Files.delete(file);
      }
    }
    return intents;
  }

  /** 16 digits, so that text order is number order. */
  static String hex(long number) {
    return String.format("%016X", number);
  }
}
