package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePathHash;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the store paths that are written out in a stream: {@code <store dir>/<hash>-<name>}, across
 * the borders of its pieces. Linear in the stream, whatever it holds.
 *
 * <p>It looks for the 32 nix32 characters of the hash, from the last one backwards: any other byte
 * among them moves the search past it, so most bytes are never looked at, and none twice. What
 * stands before and after a run of 32 is compared only then.
 */
public final class StorePathScanner implements ByteSink {
  private static final int HASH = StorePathHash.LENGTH;

  /** The longest name of a store path, in characters. */
  private static final int MAX_NAME = 211;

  private static final boolean[] IN_HASH = table(Nix32.ALPHABET);
  private static final boolean[] IN_NAME =
      table("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._?=");

  private final byte[] prefix;
  private final int maxPaths;

  /** How many bytes the longest store path has: the last of them decides where its name ends. */
  private final int span;

  /** The last bytes that were fed, at most {@code span - 1}, and room to see beyond them. */
  private final byte[] seam;

  private int seamLength;
  private final Map<StorePathHash, String> found = new LinkedHashMap<>();
  private boolean overflowed;

  /**
   * @param storeDir whose paths are looked for
   * @param maxPaths how many different hashes are kept
   */
  public StorePathScanner(StoreDir storeDir, int maxPaths) {
    this.prefix = (storeDir.path() + "/").getBytes(UTF_8);
    this.maxPaths = maxPaths;
    this.span = prefix.length + HASH + 1 + MAX_NAME;
    this.seam = new byte[2 * span];
  }

  @Override
  public void feed(byte[] buffer, int offset, int length) {
    if (length < span) {
      append(buffer, offset, length);
      scan(seam, 0, seamLength - span + 1, seamLength);
      keepTail(seam, 0, seamLength);
    } else {
      int startsInSeam = seamLength;
      append(buffer, offset, span - 1);
      scan(seam, 0, startsInSeam, seamLength);
      scan(buffer, offset, offset + length - span + 1, offset + length);
      keepTail(buffer, offset, length);
    }
  }

  /** What was found in all that was fed so far, as if the stream ended here. */
  public StorePathTexts finish() {
    scan(seam, 0, seamLength, seamLength);
    return new StorePathTexts(found, !overflowed);
  }

  private void append(byte[] buffer, int offset, int length) {
    System.arraycopy(buffer, offset, seam, seamLength, length);
    seamLength += length;
  }

  private void keepTail(byte[] buffer, int offset, int length) {
    int kept = Math.min(length, span - 1);
    System.arraycopy(buffer, offset + length - kept, seam, 0, kept);
    seamLength = kept;
  }

  /** Collects the store paths that begin in {@code [start, startEnd)}; reads up to {@code end}. */
  private void scan(byte[] bytes, int start, int startEnd, int end) {
    int hash = start + prefix.length;
    int lastHash = Math.min(startEnd - 1 + prefix.length, end - HASH - 2);
    int knownEnd = hash;
    while (hash <= lastHash) {
      int unknown = hash + HASH - 1;
      while (unknown >= knownEnd && IN_HASH[bytes[unknown] & 0xff]) {
        unknown--;
      }
      knownEnd = hash + HASH;
      if (unknown >= hash && !IN_HASH[bytes[unknown] & 0xff]) {
        hash = unknown + 1;
      } else {
        consider(bytes, start, hash, end);
        hash++;
      }
    }
  }

  private void consider(byte[] bytes, int start, int hash, int end) {
    int dash = hash + HASH;
    int path = hash - prefix.length;
    if (bytes[dash] == '-'
        && IN_NAME[bytes[dash + 1] & 0xff]
        && path >= start
        && Arrays.equals(bytes, path, hash, prefix, 0, prefix.length)) {
      collect(bytes, hash, end);
    }
  }

  private void collect(byte[] bytes, int hash, int end) {
    StorePathHash key = new StorePathHash(new String(bytes, hash, HASH, US_ASCII));
    if (found.containsKey(key)) {
      return;
    }
    if (found.size() == maxPaths) {
      overflowed = true;
      return;
    }
    int name = hash + HASH + 1;
    int nameEnd = name;
    while (nameEnd < Math.min(end, name + MAX_NAME) && IN_NAME[bytes[nameEnd] & 0xff]) {
      nameEnd++;
    }
    found.put(key, new String(bytes, name, nameEnd - name, US_ASCII));
  }

  private static boolean[] table(String characters) {
    boolean[] table = new boolean[256];
    characters.chars().forEach(c -> table[c] = true);
    return table;
  }
}
