package io.narthex.nix.nar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes a tree of the file system into a {@link NarWriter}. */
final class NarPacker {
  private final NarWriter writer;

  NarPacker(NarWriter writer) {
    this.writer = writer;
  }

  void pack(Path path) throws IOException, MalformedNarException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      writer.symlink(LinkTarget.of(Files.readSymbolicLink(path).toString()));
    } else if (attributes.isDirectory()) {
      directory(path);
    } else if (attributes.isRegularFile()) {
      file(path, attributes);
    } else {
      throw new IOException("neither file, directory nor symlink: " + path);
    }
  }

  private void directory(Path directory) throws IOException, MalformedNarException {
    writer.startDirectory();
    for (var entry : entries(directory).entrySet()) {
      writer.entry(entry.getKey());
      pack(entry.getValue());
    }
    writer.endDirectory();
  }

  private static SortedMap<NarName, Path> entries(Path directory) throws IOException {
    SortedMap<NarName, Path> entries = new TreeMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      paths.forEach(path -> entries.put(NarName.of(path.getFileName().toString()), path));
    }
    return entries;
  }

  private void file(Path file, PosixFileAttributes attributes)
      throws IOException, MalformedNarException {
    boolean executable = attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    try (InputStream contents = Files.newInputStream(file)) {
      writer.file(executable, attributes.size(), contents);
      if (contents.read() >= 0) {
        throw new IOException("file grew while it was packed: " + file);
      }
    }
  }
}
