package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/**
 * The lines of a shard, of which a few are read: they are sorted by hash, so those that are not
 * asked for are passed over as bytes.
 */
final class ShardLines {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
  private static final byte[] BEFORE_HASH = "{\"hash\":\"".getBytes(US_ASCII);

  private final byte[] lines;
  private int at;

  private ShardLines(byte[] lines) {
    this.lines = requireNonNull(lines, "lines is null");
  }

  /**
   * The entries of these hashes, of those that the stored shard of a slice has. Of the other lines
   * no more is looked at than their hashes, as far as they are passed over.
   */
  static Map<StorePathHash, Entry> entries(
      byte[] stored, Slice slice, SortedSet<StorePathHash> hashes) throws MalformedIndexException {
    byte[] lines = ShardCodec.decompress(stored);
    ShardCodec.requireHead(lines, slice);
    return new ShardLines(lines).entries(hashes);
  }

  private Map<StorePathHash, Entry> entries(SortedSet<StorePathHash> hashes)
      throws MalformedIndexException {
    var entries = new HashMap<StorePathHash, Entry>();
    passLine();
    for (StorePathHash hash : hashes) {
      if (findLine(hash.nix32().getBytes(US_ASCII))) {
        entries.put(hash, entry(hash));
      }
    }
    return entries;
  }

  /** Goes to the line of a hash, or to the first one after it. */
  private boolean findLine(byte[] hash) throws MalformedIndexException {
    while (at < lines.length) {
      int compared = compareHash(hash);
      if (compared >= 0) {
        return compared == 0;
      }
      passLine();
    }
    return false;
  }

  private int compareHash(byte[] hash) throws MalformedIndexException {
    int from = at + BEFORE_HASH.length;
    int to = from + StorePathHash.LENGTH;
    if (to > lines.length || !Arrays.equals(lines, at, from, BEFORE_HASH, 0, BEFORE_HASH.length)) {
      throw new MalformedIndexException("a line of a shard does not begin with a hash");
    }
    return Arrays.compare(lines, from, to, hash, 0, hash.length);
  }

  private void passLine() {
    while (at < lines.length && lines[at] != '\n') {
      at++;
    }
    at++;
  }

  private Entry entry(StorePathHash hash) throws MalformedIndexException {
    try (JsonParser json = JSON.createParser(lines, at, lines.length - at)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedIndexException("a line of a shard is no entry");
      }
      return EntryJson.read(json);
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedIndexException(hash + ": " + e.getMessage(), e);
    }
  }
}
