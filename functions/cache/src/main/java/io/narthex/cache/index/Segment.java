package io.narthex.cache.index;

import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayOutputStream;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a set says of one shard, a function of the shard alone: its revision, how many of its paths
 * are verified, waiting and rejected, and the fingerprints of those, in this order.
 */
final class Segment {
  private static final List<VerdictTag> ORDER =
      List.of(VerdictTag.VERIFIED, VerdictTag.WAITING, VerdictTag.REJECTED);

  private final byte[] bytes;
  private final long revision;
  private final Map<VerdictTag, Integer> counts;
  private final int fingerprints;
  private volatile Optional<SoftReference<Found>> found = Optional.empty();

  private Segment(byte[] bytes, long revision, Map<VerdictTag, Integer> counts, int fingerprints) {
    this.bytes = bytes;
    this.revision = revision;
    this.counts = counts;
    this.fingerprints = fingerprints;
  }

  /** The segment of a shard. */
  record Of(Slice shard, Segment segment) {}

  static Of of(Shard shard) {
    var bytes = new ByteArrayOutputStream();
    var counts = new EnumMap<VerdictTag, Integer>(VerdictTag.class);
    var bits = new Bits();
    bytes.writeBytes(VarInt.bytes(shard.revision()));
    for (VerdictTag verdict : ORDER) {
      long[] sorted = fingerprints(shard, verdict);
      counts.put(verdict, sorted.length);
      bytes.writeBytes(VarInt.bytes(sorted.length));
      Fingerprints.write(sorted, bits);
    }
    int fingerprints = bytes.size();
    bytes.writeBytes(bits.toByteArray());
    return new Of(
        shard.slice(), new Segment(bytes.toByteArray(), shard.revision(), counts, fingerprints));
  }

  private static long[] fingerprints(Shard shard, VerdictTag verdict) {
    return shard.entries().values().stream()
        .filter(entry -> entry.verdict() == verdict)
        .mapToLong(entry -> Fingerprints.of(entry.hash(), shard.slice().bits()))
        .toArray();
  }

  /** From its bytes; the fingerprints are not looked at yet. */
  static Segment read(byte[] bytes) throws MalformedIndexException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long revision = VarInt.read(buffer);
    var counts = new EnumMap<VerdictTag, Integer>(VerdictTag.class);
    for (VerdictTag verdict : ORDER) {
      counts.put(verdict, count(VarInt.read(buffer), bytes.length));
    }
    return new Segment(bytes.clone(), revision, counts, buffer.position());
  }

  /** Every fingerprint takes a bit at least. */
  private static int count(long count, int bytes) throws MalformedIndexException {
    if (count > (long) bytes * Byte.SIZE) {
      throw new MalformedIndexException(count + " fingerprints in " + bytes + " bytes");
    }
    return (int) count;
  }

  /** As it lies in a set. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** The revision of the shard that it was made from. */
  long revision() {
    return revision;
  }

  /** How many paths the shard has. */
  long paths() {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** How many of them have a narinfo: what was rejected was taken out. */
  long narInfos() {
    return paths() - counts.getOrDefault(VerdictTag.REJECTED, 0);
  }

  /** Its fingerprints, ready to be asked; as long as there is memory for them, they stay so. */
  Found found() throws MalformedIndexException {
    Optional<Found> known = found.map(SoftReference::get);
    if (known.isPresent()) {
      return known.get();
    }
    var bits = new BitReader(bytes, fingerprints);
    var numbers = new int[ORDER.size()][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Fingerprints.read(counts.getOrDefault(ORDER.get(i), 0), bits);
    }
    var read = new Found(numbers);
    found = Optional.of(new SoftReference<>(read));
    return read;
  }

  /** The fingerprints of a shard, each verdict's sorted. */
  static final class Found {
    private final int[][] numbers;

    private Found(int[][] numbers) {
      this.numbers = numbers;
    }

    /** The verdict of the path with this hash; empty if there is none in the shard. */
    Optional<VerdictTag> verdict(StorePathHash hash, int depth) {
      int fingerprint = Fingerprints.of(hash, depth);
      for (int i = 0; i < numbers.length; i++) {
        if (Arrays.binarySearch(numbers[i], fingerprint) >= 0) {
          return Optional.of(ORDER.get(i));
        }
      }
      return Optional.empty();
    }
  }
}
