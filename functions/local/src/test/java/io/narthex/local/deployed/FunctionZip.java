package io.narthex.local.deployed;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** All that a function's zip has, that of its jars included. */
final class FunctionZip {
  /** Where the classes of the zip itself are said to be. */
  static final String ROOT = "";

  private static final String CLASS = ".class";

  /**
   * One file.
   *
   * @param where {@link #ROOT}, or the name of the jar in the zip
   * @param name its path there
   */
  record Entry(String where, String name) {
    Entry {
      requireNonNull(where, "where is null");
      requireNonNull(name, "name is null");
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, List<String>> places = new HashMap<>();
  private final Map<String, byte[]> classes = new HashMap<>();

  private FunctionZip() {}

  static FunctionZip read(Path file) throws IOException {
    var contents = new FunctionZip();
    try (InputStream in = Files.newInputStream(file)) {
      contents.read(in, ROOT);
    }
    return contents;
  }

  private void read(InputStream archive, String where) throws IOException {
    var in = new ZipInputStream(archive);
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      if (!entry.isDirectory()) {
        add(new Entry(where, entry.getName()), in.readAllBytes());
      }
    }
  }

  private void add(Entry entry, byte[] bytes) throws IOException {
    entries.add(entry);
    if (entry.name().endsWith(".jar")) {
      read(new ByteArrayInputStream(bytes), entry.name());
    } else if (isClass(entry.name())) {
      String name = entry.name().substring(0, entry.name().length() - CLASS.length());
      places.computeIfAbsent(name, _ -> new ArrayList<>()).add(entry.where());
      classes.put(name, bytes);
    }
  }

  // META-INF/versions has the classes of newer versions of Java once more.
  private static boolean isClass(String name) {
    return name.endsWith(CLASS) && !name.startsWith("META-INF/") && !name.endsWith("-info.class");
  }

  /** All files, also those in jars. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The paths of the jars in the zip. */
  List<String> jars() {
    return entries.stream().map(Entry::name).filter(name -> name.endsWith(".jar")).toList();
  }

  /** Where a class lies, by its name with slashes. */
  Map<String, List<String>> places() {
    return Map.copyOf(places);
  }

  /** The bytes of a class, by its name with slashes. */
  Optional<byte[]> classFile(String name) {
    return Optional.ofNullable(classes.get(name)).map(byte[]::clone);
  }
}
