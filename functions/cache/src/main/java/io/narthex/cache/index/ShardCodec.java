package io.narthex.cache.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A shard as an object: JSON lines in one zstd frame, the first of them about the shard, one for
 * each entry after it, sorted by hash. The same shard gives the same bytes.
 */
final class ShardCodec {
  static final String CONTENT_TYPE = "application/zstd";

  /** Of 3, which is the default, it takes three fifths of the time and 8 % more bytes. */
  private static final int LEVEL = 1;

  /** Bytes of a line without references; most are shorter. */
  private static final int A_LINE = 512;

  /**
   * The lines of 64 of the largest narinfos, or of 25,000 paths with 30 references each. All shards
   * are split when one has 1024; a larger one is not written, and not read.
   */
  static final int MAX_SIZE = 64 * NarInfoReader.MAX_SIZE;

  /**
   * A block of a frame has up to 128 KB and takes 4 bytes at least: 3 of its header, and the byte
   * that is repeated.
   *
   * @see <a href="https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1.2">RFC 8878</a>
   */
  private static final int A_BLOCK = 4;

  private static final long MAX_BLOCK = 128 << 10;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final byte[] SHARD = LineBuffer.ascii("{\"shard\":");
  private static final byte[] BITS = LineBuffer.field("bits");
  private static final byte[] REVISION = LineBuffer.field("revision");
  private static final byte[] ENTRIES = LineBuffer.field("entries");
  private static final byte[] END = LineBuffer.ascii("}\n");

  private ShardCodec() {}

  static byte[] write(Shard shard) {
    var lines = new LineBuffer(size(shard));
    lines.raw(SHARD);
    lines.text(shard.slice().prefix());
    lines.raw(BITS);
    lines.number(shard.slice().bits());
    lines.raw(REVISION);
    lines.number(shard.revision());
    lines.raw(ENTRIES);
    lines.number(shard.entries().size());
    lines.raw(END);
    for (Entry entry : shard.entries().values()) {
      EntryJson.write(lines, entry);
    }
    if (lines.size() > MAX_SIZE) {
      throw new StoreException(
          "the shard %s with %d entries of %d bytes is too large: rebuild the index"
              .formatted(shard.slice().prefix(), shard.entries().size(), lines.size()));
    }
    return compress(lines);
  }

  /** About how many bytes its lines have; a reference has three beside its name. */
  private static int size(Shard shard) {
    int references = 0;
    for (Entry entry : shard.entries().values()) {
      references +=
          entry
              .described()
              .map(Described::referenceNames)
              .map(names -> names.length() + 2 * names.size())
              .orElse(0);
    }
    return (shard.entries().size() + 1) * A_LINE + references;
  }

  /** Reads what should be the shard of a slice. */
  static Shard read(byte[] bytes, Slice slice) throws MalformedIndexException {
    try (JsonParser json = JSON.createParser(decompress(bytes))) {
      Head head = Head.read(json);
      List<Entry> entries = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        entries.add(EntryJson.read(json));
      }
      if (head.entries() != entries.size() || !head.isOf(slice)) {
        throw new MalformedIndexException(
            "%s with %d entries, expected %s".formatted(head, entries.size(), slice));
      }
      return Shard.of(slice, head.revision(), entries);
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedIndexException(String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] compress(LineBuffer lines) {
    var frame = new byte[Math.toIntExact(Zstd.compressBound(lines.size()))];
    try (var zstd = new ZstdCompressCtx()) {
      int length =
          zstd.setLevel(LEVEL)
              .setChecksum(true)
              .compressByteArray(frame, 0, frame.length, lines.array(), 0, lines.size());
      return Arrays.copyOf(frame, length);
    }
  }

  /** The lines of a shard. What is allocated for them is no more than its bytes can stand for. */
  static byte[] decompress(byte[] bytes) throws MalformedIndexException {
    long size = bytes.length == 0 ? -1 : Zstd.getFrameContentSize(bytes);
    if (size < 0 || size > Math.min(MAX_SIZE, bytes.length / A_BLOCK * MAX_BLOCK)) {
      throw new MalformedIndexException(
          "a damaged shard: not one zstd frame of a size that a shard may have");
    }
    try {
      return Zstd.decompress(bytes, (int) size);
    } catch (ZstdException e) {
      throw new MalformedIndexException("a damaged shard: " + e.getMessage(), e);
    }
  }

  /** The first line. */
  private record Head(String prefix, long bits, long revision, long entries) {
    boolean isOf(Slice slice) {
      return bits == slice.bits() && slice.prefix().equals(prefix) && revision >= 0;
    }

    static Head read(JsonParser json) throws IOException, MalformedIndexException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedIndexException("no first line");
      }
      String prefix = "";
      long bits = -1;
      long revision = -1;
      long entries = -1;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "shard" -> prefix = json.getText();
          case "bits" -> bits = json.getLongValue();
          case "revision" -> revision = json.getLongValue();
          case "entries" -> entries = json.getLongValue();
          default -> json.skipChildren();
        }
      }
      return new Head(prefix, bits, revision, entries);
    }
  }

  /** Refuses lines whose first one is not that of the shard of a slice. */
  static void requireHead(byte[] lines, Slice slice) throws MalformedIndexException {
    try (JsonParser json = JSON.createParser(lines)) {
      Head head = Head.read(json);
      if (!head.isOf(slice)) {
        throw new MalformedIndexException("%s, expected %s".formatted(head, slice));
      }
    } catch (IOException e) {
      throw new MalformedIndexException(String.valueOf(e.getMessage()), e);
    }
  }
}
