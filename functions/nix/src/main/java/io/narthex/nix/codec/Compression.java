package io.narthex.nix.codec;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the NAR behind a narinfo's {@code URL} is compressed: the names that Nix 2.35 accepts in the
 * {@code Compression} field.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/binary-cache/narinfo">narinfo, field
 *     Compression</a>
 */
public enum Compression {
  NONE("none", ""),
  BR("br", ".br"),
  BZIP2("bzip2", ".bz2"),
  COMPRESS("compress", ""),
  GRZIP("grzip", ""),
  GZIP("gzip", ""),
  LRZIP("lrzip", ""),
  LZ4("lz4", ".lz4"),
  LZIP("lzip", ".lzip"),
  LZMA("lzma", ""),
  LZOP("lzop", ""),
  XZ("xz", ".xz"),
  ZSTD("zstd", ".zst");

  private static final Map<String, Compression> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(Compression::label, c -> c));

  private final String label;
  private final String suffix;

  Compression(String label, String suffix) {
    this.label = label;
    this.suffix = suffix;
  }

  /** The name in the narinfo, e.g. {@code zstd}. */
  public String label() {
    return label;
  }

  /** What Nix appends to {@code nar/<FileHash>.nar}, e.g. {@code .zst}; empty for some. */
  public String suffix() {
    return suffix;
  }

  /** The compression with this label; empty for a name that Nix does not know. */
  public static Optional<Compression> labelled(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  @Override
  public String toString() {
    return label;
  }
}
