package io.narthex.nix.address;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.path.StorePathHash;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Hashes a NAR modulo its own store path: every occurrence of the 32 characters of its hash counts
 * as 32 zero bytes. That is the hash in the content address of a path that refers to itself.
 *
 * <p>Nix up to 2.16 and from 2.35 also hashes where the occurrences were; the versions between do
 * not. Both hashes are accepted from a self-referencing path; without an occurrence they are equal,
 * and equal to the plain hash. Occurrences are found leftmost first and do not overlap.
 *
 * @see <a href="https://github.com/NixOS/nix/blob/master/src/libutil/references.cc">HashModuloSink
 *     in references.cc</a>
 */
public final class HashModulo {
  /** How many occurrences are remembered; their offsets take some bytes each. */
  public static final int MAX_OCCURRENCES = 1 << 22;

  private static final int BUFFER_SIZE = 1 << 16;
  private static final int CARRY = StorePathHash.LENGTH - 1;

  private final HashAlgorithm algorithm;
  private final MessageDigest digest;
  private final byte[] self;
  private final int[] skips;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private final Offsets offsets;
  private int filled;
  private int searched;
  private long bufferStart;

  /** A hash modulo this path. */
  public HashModulo(HashAlgorithm algorithm, StorePathHash self) {
    this(algorithm, self, MAX_OCCURRENCES);
  }

  HashModulo(HashAlgorithm algorithm, StorePathHash self, int maxOccurrences) {
    this.algorithm = requireNonNull(algorithm, "algorithm is null");
    this.digest = algorithm.newDigest();
    this.self = self.nix32().getBytes(US_ASCII);
    this.skips = skips(this.self);
    this.offsets = new Offsets(maxOccurrences);
  }

  /** Takes the next bytes of the NAR. */
  public void feed(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int taken = 0;
    while (taken < length) {
      int part = Math.min(length - taken, BUFFER_SIZE - filled);
      System.arraycopy(bytes, offset + taken, buffer, filled, part);
      taken += part;
      filled += part;
      if (filled == BUFFER_SIZE) {
        drain();
      }
    }
  }

  /** How often the path's own hash has occurred so far. */
  public long occurrences() {
    zeroOccurrences();
    return offsets.count();
  }

  /**
   * The hash of what was fed so far, and where the occurrences were; more may be fed. Empty after
   * more than {@link #MAX_OCCURRENCES}.
   */
  public Optional<Hash> withOffsets() {
    MessageDigest copy = digestSoFar();
    if (!offsets.isComplete()) {
      return Optional.empty();
    }
    offsets.feed(copy);
    return Optional.of(Hash.of(algorithm, copy.digest()));
  }

  /** The hash of what was fed so far; more may be fed. */
  public Hash withoutOffsets() {
    return Hash.of(algorithm, digestSoFar().digest());
  }

  private MessageDigest digestSoFar() {
    zeroOccurrences();
    MessageDigest copy = copy();
    copy.update(buffer, 0, filled);
    return copy;
  }

  private MessageDigest copy() {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java cannot copy a running " + algorithm, e);
    }
  }

  /** Hashes all but the last 31 bytes, in which an occurrence may have begun. */
  private void drain() {
    zeroOccurrences();
    int done = filled - CARRY;
    digest.update(buffer, 0, done);
    System.arraycopy(buffer, done, buffer, 0, CARRY);
    bufferStart += done;
    searched -= done;
    filled = CARRY;
  }

  /** Horspool's search from where the last one ended; afterwards the buffer has no occurrence. */
  private void zeroOccurrences() {
    int at = searched;
    while (at + self.length <= filled) {
      if (occursAt(at)) {
        offsets.add(bufferStart + at);
        Arrays.fill(buffer, at, at + self.length, (byte) 0);
        at += self.length;
      } else {
        at += skips[Byte.toUnsignedInt(buffer[at + CARRY])];
      }
    }
    searched = at;
  }

  private boolean occursAt(int at) {
    return Arrays.equals(buffer, at, at + self.length, self, 0, self.length);
  }

  /** How far the window may move when it ends in a certain byte. */
  private static int[] skips(byte[] pattern) {
    var skips = new int[256];
    Arrays.fill(skips, pattern.length);
    for (int i = 0; i < pattern.length - 1; i++) {
      skips[Byte.toUnsignedInt(pattern[i])] = pattern.length - 1 - i;
    }
    return skips;
  }
}
