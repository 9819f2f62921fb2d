package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Which names there are and of which paths. A list of them is one zstd frame: for each path the
 * length of its name in one byte, the name, and the hash in 20 bytes.
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

  /** The list of each partition, in the order in which they were added. */
  byte[][] lists() {
    try (var zstd = new ZstdCompressCtx()) {
      zstd.setLevel(LEVEL);
      return partitions.stream().map(Names::write).map(zstd::compress).toArray(byte[][]::new);
    }
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

  /** Reads such a list, in its order. */
  static void read(Span list, Consumer<NamedPath> target) throws MalformedIndexException {
    byte[] bytes = ShardCodec.decompress(Arrays.copyOfRange(list.array(), list.from(), list.to()));
    int at = 0;
    while (at < bytes.length) {
      int name = at + 1;
      int hash = name + Byte.toUnsignedInt(bytes[at]);
      target.accept(
          new NamedPath(
              new String(bytes, name, hash - name, US_ASCII), HashBytes.read(bytes, hash)));
      at = hash + HashBytes.LENGTH;
    }
  }
}
