package io.narthex.cache.index;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.fuzz.Reader;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;
import java.util.TreeSet;

/** Objects of the index: manifests, shards, sets. */
public final class IndexFuzz {
  private static final StorePathHash HASH = new StorePathHash("0".repeat(StorePathHash.LENGTH));
  private static final int DEPTH = 4;

  private IndexFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) {
    Reader.check(input, MalformedJsonException.class, ManifestJson::read);
    Reader.check(input, MalformedIndexException.class, IndexFuzz::shard);
    Reader.check(input, MalformedIndexException.class, IndexFuzz::lines);
    Reader.check(input, MalformedIndexException.class, IndexFuzz::set);
  }

  private static void shard(byte[] input) throws MalformedIndexException {
    Shard shard = ShardCodec.read(input, Slice.ALL);
    if (!ShardCodec.read(ShardCodec.write(shard), Slice.ALL).equals(shard)) {
      throw new IllegalStateException("a shard that is written and read is another");
    }
  }

  private static void lines(byte[] input) throws MalformedIndexException {
    var hashes = new TreeSet<StorePathHash>();
    hashes.add(HASH);
    ShardLines.entries(input, Slice.ALL, hashes);
  }

  private static void set(byte[] input) throws MalformedIndexException {
    Optional<Segment> segment = CompactSet.read(input, Slice.ALL, DEPTH).segment(HASH);
    if (segment.isPresent()) {
      segment.get().found().verdict(HASH, DEPTH);
    }
  }
}
