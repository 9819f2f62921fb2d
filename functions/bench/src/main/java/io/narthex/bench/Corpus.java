package io.narthex.bench;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.MalformedNarException;
import io.narthex.nix.nar.NarName;
import io.narthex.nix.nar.NarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * An archive out of the files of this machine: the JDK's own and those of {@code /usr/lib}, without
 * what is compressed already, so that it compresses as store paths do. Names of store paths are
 * strewn in. Made once and kept; the compressed forms are single streams by the formats' own
 * programs at the levels of {@code nix copy}.
 */
final class Corpus {
  private static final long MEGABYTE = 1_000_000;
  private static final int SEED = 1;
  private static final String NIX32 = "0123456789abcdfghijklmnpqrsvwxyz";

  private final Path directory;
  private final int megabytes;

  Corpus(Path directory, int megabytes) {
    this.directory = directory;
    this.megabytes = megabytes;
  }

  /** The archive; its size is what a narinfo would declare. */
  Path nar() throws IOException {
    Path nar = directory.resolve(name());
    if (!Files.exists(nar)) {
      Bench.progress("making " + nar + " (once)");
      Files.createDirectories(directory);
      Path part = directory.resolve(name() + ".part");
      try (OutputStream out = Files.newOutputStream(part)) {
        write(out);
      } catch (MalformedNarException e) {
        throw new IllegalStateException(e);
      }
      Files.move(part, nar, StandardCopyOption.ATOMIC_MOVE);
    }
    return nar;
  }

  /** The archive as the compression's own program makes it, or as it is. */
  Path compressed(Compression compression) throws IOException, InterruptedException {
    Path nar = nar();
    if (compression == Compression.NONE) {
      return nar;
    }
    Path file = directory.resolve(name() + "." + compression.label());
    if (!Files.exists(file)) {
      Bench.progress("making " + file + " (once)");
      String program = program(compression);
      Path part = directory.resolve(name() + "." + compression.label() + ".part");
      Shell.output("bash", "-c", program + " " + Shell.quoted(nar) + " > " + Shell.quoted(part));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private static String program(Compression compression) {
    return switch (compression) {
      case XZ -> "xz -6 -T1 -c";
      case ZSTD -> "zstd -q -3 -c";
      case GZIP -> "gzip -c";
      case BZIP2 -> "bzip2 -c";
      case BR -> "brotli -q 5 -c";
      case LZ4 -> "lz4 -q -c";
      default -> throw new IllegalArgumentException("no program for " + compression);
    };
  }

  private String name() {
    return "corpus-" + megabytes + ".nar";
  }

  private void write(OutputStream out) throws IOException, MalformedNarException {
    NarWriter writer = new NarWriter(out);
    var random = new Random(SEED);
    long left = megabytes * MEGABYTE;
    int count = 0;
    writer.startDirectory();
    for (Path file : files()) {
      long size = Math.min(left, Files.size(file));
      mention(writer, "%06d-0-mention".formatted(count), storePath(random));
      copy(writer, "%06d-1-%s".formatted(count, file.getFileName()), file, size);
      count++;
      left -= size;
      if (left == 0) {
        break;
      }
    }
    writer.endDirectory();
    writer.finish();
  }

  private static void mention(NarWriter writer, String name, String text)
      throws IOException, MalformedNarException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    writer.entry(NarName.of(name));
    writer.file(false, bytes.length, new ByteArrayInputStream(bytes));
  }

  private static void copy(NarWriter writer, String name, Path file, long size)
      throws IOException, MalformedNarException {
    writer.entry(NarName.of(name));
    try (InputStream contents = Files.newInputStream(file)) {
      writer.file(Files.isExecutable(file), size, contents);
    }
  }

  private static String storePath(Random random) {
    var path = new StringBuilder("/nix/store/");
    random.ints(32, 0, NIX32.length()).forEach(i -> path.append(NIX32.charAt(i)));
    return path.append("-mentioned-1.0/bin").toString();
  }

  private static List<Path> files() throws IOException {
    var files = new ArrayList<>(regularFiles(Path.of(System.getProperty("java.home", "/usr/lib"))));
    List<Path> libraries = regularFiles(Path.of("/usr/lib"));
    Collections.shuffle(libraries, new Random(SEED));
    files.addAll(libraries);
    return files;
  }

  private static List<Path> regularFiles(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isWanted(file, attributes)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(files);
    return files;
  }

  private static boolean isWanted(Path file, BasicFileAttributes attributes) {
    String name = file.getFileName().toString();
    return attributes.isRegularFile()
        && attributes.size() > 0
        && Files.isReadable(file)
        && !Files.isSymbolicLink(file)
        && name.length() < 200
        && !name.matches(".*\\.(jmod|zip|jar|gz|xz|zst|jsa)");
  }
}
