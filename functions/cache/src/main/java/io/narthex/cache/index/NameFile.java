package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;

/**
 * The names of one partition, as two objects. One is text in zstd frames of some 128 KB each: lines
 * {@code 3 hello-2.12.1}, how many paths have a name and the name, sorted by name. The other one is
 * the hashes of these paths, 20 bytes each: those of the first name, sorted, then those of the
 * second.
 */
final class NameFile {
  static final String TEXT_TYPE = "application/zstd";
  static final String HASHES_TYPE = "application/octet-stream";

  /** A frame is so long, and a line more, before it is compressed. */
  private static final int FRAME = 128 << 10;

  /** Such a frame refers to what is no further back than this power of two: 256 KB. */
  static final int WINDOW_LOG = 18;

  private static final int LEVEL = 6;

  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
  private String name = "";
  private long count;
  private long paths;

  /** One more, in their order. */
  void add(NamedPath path) {
    if (!path.name().equals(name)) {
      endName();
      name = path.name();
    }
    count++;
    paths++;
    hashes.writeBytes(HashBytes.of(path.hash()));
  }

  private void endName() {
    if (count > 0) {
      lines.writeBytes((count + " " + name + "\n").getBytes(US_ASCII));
    }
    count = 0;
    if (lines.size() >= FRAME) {
      endFrame();
    }
  }

  private void endFrame() {
    try (var zstd = new ZstdCompressCtx()) {
      zstd.setLevel(LEVEL).setChecksum(true);
      frames.writeBytes(zstd.compress(lines.toByteArray()));
    }
    lines.reset();
  }

  /** How many paths were added. */
  long paths() {
    return paths;
  }

  /** The names, all added. */
  byte[] text() {
    endName();
    endFrame();
    return frames.toByteArray();
  }

  /** The hashes. */
  byte[] hashes() {
    return hashes.toByteArray();
  }
}
