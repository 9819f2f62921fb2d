package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which hashes of one slice are in the index, in about 20 bits each: a segment for each shard of
 * the slice, in their order. As an object: {@code NXS1}, the depth and the bits of the set in one
 * byte each, then for each shard the length of its segment and the segment; no bytes for a shard
 * that was never written.
 *
 * @param slice of the set
 * @param depth of the index
 * @param segments one a shard; those never written are empty
 */
record CompactSet(Slice slice, int depth, List<Optional<Segment>> segments) {
  static final String CONTENT_TYPE = "application/octet-stream";

  private static final byte[] MAGIC = {'N', 'X', 'S', '1'};
  private static final byte[] NEVER_WRITTEN = {};

  CompactSet {
    requireNonNull(slice, "slice is null");
    segments = List.copyOf(segments);
    if (segments.size() != 1L << (depth - slice.bits())) {
      throw new IllegalArgumentException(segments.size() + " segments in " + slice);
    }
  }

  /** One of which nothing was written yet. */
  static CompactSet empty(Slice slice, int depth) {
    return new CompactSet(
        slice, depth, Collections.nCopies(1 << (depth - slice.bits()), Optional.empty()));
  }

  /** The segment of the shard that a hash belongs to; empty if that was never written. */
  Optional<Segment> segment(StorePathHash hash) {
    return segment(Slice.of(hash, depth));
  }

  /** The segment of a shard. */
  Optional<Segment> segment(Slice shard) {
    return segments.get(index(shard));
  }

  /**
   * This, with these segments, but for those that it has from a later revision: so the last write
   * of a shard wins whatever the order is in which the sets are written.
   */
  CompactSet with(Collection<Segment.Of> later) {
    var changed = new ArrayList<>(segments);
    for (Segment.Of one : later) {
      int index = index(one.shard());
      Optional<Segment> present = changed.get(index);
      if (present.isEmpty() || present.get().revision() < one.segment().revision()) {
        changed.set(index, Optional.of(one.segment()));
      }
    }
    return new CompactSet(slice, depth, changed);
  }

  /** This, with these segments whatever their revisions. */
  CompactSet replacing(Collection<Segment.Of> right) {
    var changed = new ArrayList<>(segments);
    right.stream()
        .filter(one -> !has(one))
        .forEach(one -> changed.set(index(one.shard()), Optional.of(one.segment())));
    return new CompactSet(slice, depth, changed);
  }

  /** Whether it says of a shard what the shard says. */
  boolean saysOf(Shard shard) {
    return has(Segment.of(shard));
  }

  private boolean has(Segment.Of one) {
    return segment(one.shard())
        .filter(present -> Arrays.equals(present.bytes(), one.segment().bytes()))
        .isPresent();
  }

  private int index(Slice shard) {
    if (!shard.within(slice.bits()).equals(slice)) {
      throw new IllegalArgumentException(shard + " is not in " + slice);
    }
    return (int) (shard.number() - (slice.number() << (depth - slice.bits())));
  }

  /** Whether every shard of it has been written. */
  boolean isComplete() {
    return segments.stream().allMatch(Optional::isPresent);
  }

  /** How many paths it has, whatever their verdict. */
  long paths() {
    return segments.stream().flatMap(Optional::stream).mapToLong(Segment::paths).sum();
  }

  byte[] write() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(MAGIC);
    all.write(depth);
    all.write(slice.bits());
    for (Optional<Segment> segment : segments) {
      byte[] bytes = segment.map(Segment::bytes).orElse(NEVER_WRITTEN);
      all.writeBytes(VarInt.bytes(bytes.length));
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  /** Reads what should be the set of a slice. */
  static CompactSet read(byte[] bytes, Slice slice, int depth) throws MalformedIndexException {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    for (byte expected : MAGIC) {
      expect(all, expected);
    }
    expect(all, (byte) depth);
    expect(all, (byte) slice.bits());
    var segments = new ArrayList<Optional<Segment>>();
    while (all.hasRemaining()) {
      segments.add(segment(all));
    }
    if (segments.size() != 1L << (depth - slice.bits())) {
      throw new MalformedIndexException(segments.size() + " segments in " + slice);
    }
    return new CompactSet(slice, depth, segments);
  }

  private static void expect(ByteBuffer bytes, byte expected) throws MalformedIndexException {
    if (!bytes.hasRemaining() || bytes.get() != expected) {
      throw new MalformedIndexException("not a set, or not this one");
    }
  }

  private static Optional<Segment> segment(ByteBuffer bytes) throws MalformedIndexException {
    long length = VarInt.read(bytes);
    if (length > bytes.remaining()) {
      throw new MalformedIndexException("a segment does not end");
    }
    if (length == 0) {
      return Optional.empty();
    }
    var segment = new byte[(int) length];
    bytes.get(segment);
    return Optional.of(Segment.read(segment));
  }
}
