package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which names there are and of which paths. A sorted list of them is one zstd frame: for each path
 * the length of its name in one byte, the name, and the hash in 20 bytes.
 */
final class Names {
  private static final int LEVEL = 1;

  private final List<List<NamedPath>> partitions;
  private final int bits;

  /** None yet, in partitions of this many bits. */
  Names(int bits) {
    this.bits = bits;
    this.partitions =
        IntStream.range(0, 1 << bits).<List<NamedPath>>mapToObj(_ -> new ArrayList<>()).toList();
  }

  void add(NamedPath path) {
    partitions.get(path.partition(bits)).add(path);
  }

  /** Those of each partition, sorted. */
  byte[][] sorted() {
    var slices = new byte[partitions.size()][];
    try (var zstd = new ZstdCompressCtx()) {
      zstd.setLevel(LEVEL);
      for (int i = 0; i < slices.length; i++) {
        Collections.sort(partitions.get(i));
        slices[i] = zstd.compress(write(partitions.get(i)));
      }
    }
    return slices;
  }

  private static byte[] write(List<NamedPath> paths) {
    var bytes = new ByteArrayOutputStream();
    for (NamedPath path : paths) {
      byte[] name = path.name().getBytes(US_ASCII);
      bytes.write(name.length);
      bytes.writeBytes(name);
      bytes.writeBytes(HashBytes.of(path.hash()));
    }
    return bytes.toByteArray();
  }

  /** What such a frame says, in its order. */
  static Iterator<NamedPath> read(byte[] frame) throws MalformedIndexException {
    byte[] bytes = ShardCodec.decompress(frame);
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < bytes.length;
      }

      @Override
      public NamedPath next() {
        int length = Byte.toUnsignedInt(bytes[at]);
        var name = new String(bytes, at + 1, length, US_ASCII);
        var path = new NamedPath(name, HashBytes.read(bytes, at + 1 + length));
        at += 1 + length + HashBytes.LENGTH;
        return path;
      }
    };
  }
}
