package io.narthex.nix.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What decodes xz: liblzma where there is one, and XZ for Java where there is none. */
sealed interface XzLibrary permits LibLzma, XzForJava {
  /**
   * System property: {@code java} for XZ for Java, or the path of a liblzma; without it liblzma is
   * looked for where the system looks for libraries.
   */
  String PROPERTY = "narthex.xz";

  /** Which one, and its version. */
  String name();

  /**
   * Opens a stream. It may throw whatever the library throws; {@link StrictDecoder} makes it one
   * kind of exception.
   */
  InputStream open(InputStream source, DecoderLimits limits) throws IOException;

  /**
   * The most bytes that a stream holds.
   *
   * @param size of the decoded bytes
   */
  long memory(DecoderLimits limits, long size);

  /** The one that is in use in this process. */
  static XzLibrary inUse() {
    return InUse.LIBRARY;
  }

  /** Chosen once. */
  final class InUse {
    private static final List<String> NAMES = List.of("liblzma.so.5", "liblzma.5.dylib");

    private static final XzLibrary LIBRARY = chosen(System.getProperty(PROPERTY, ""));

    private InUse() {}

    private static XzLibrary chosen(String wanted) {
      if (wanted.equals("java")) {
        return new XzForJava();
      }
      Stream<String> names = wanted.isEmpty() ? NAMES.stream() : Stream.of(wanted);
      return names
          .map(LibLzma::load)
          .flatMap(Optional::stream)
          .<XzLibrary>map(library -> library)
          .findFirst()
          .orElseGet(XzForJava::new);
    }
  }
}
