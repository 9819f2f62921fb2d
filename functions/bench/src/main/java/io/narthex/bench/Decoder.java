package io.narthex.bench;

import io.narthex.nix.codec.Compression;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What decodes a compression, as a benchmark selects it in a process of its own.
 *
 * @param name as figures call it, e.g. {@code xz} or {@code xz (XZ for Java)}
 * @param option the JVM's that selects it; empty for the only one there is
 */
record Decoder(String name, String option) {
  private static final String PROPERTY = "narthex.xz";

  /** Of xz the liblzma that was built here, if it was, the system's and XZ for Java. */
  static List<Decoder> of(Compression compression) {
    if (compression != Compression.XZ) {
      return List.of(new Decoder(compression.label(), ""));
    }
    return Stream.concat(
            built().stream(),
            Stream.of(xz("the system's", "liblzma.so.5"), xz("XZ for Java", "java")))
        .toList();
  }

  /** What this process decodes with. */
  static Decoder inUse(Compression compression) {
    return compression == Compression.XZ
        ? built().orElse(new Decoder("xz", ""))
        : of(compression).getFirst();
  }

  private static Optional<Decoder> built() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(path -> xz("built", path));
  }

  private static Decoder xz(String which, String value) {
    return new Decoder("xz (%s)".formatted(which), "-D%s=%s".formatted(PROPERTY, value));
  }
}
