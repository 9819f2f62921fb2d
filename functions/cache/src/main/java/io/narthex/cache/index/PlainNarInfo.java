package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.Tags;
import io.narthex.nix.hash.Nix32;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import io.narthex.nix.text.ByteSearch;
import io.narthex.nix.text.PrintableAscii;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Reads of a narinfo what the index keeps, straight from its bytes. It knows the one way in which
 * Nix writes narinfos of the default store directory; whatever is written otherwise, or wrong, is
 * left to {@link NarInfo#parse}, which is slower and decides what a narinfo is.
 */
final class PlainNarInfo {
  private static final byte[] STORE_PATH = ascii("StorePath: /nix/store/");
  private static final byte[] URL = ascii("URL: ");
  private static final byte[] COMPRESSION = ascii("Compression: ");
  private static final byte[] FILE_HASH = ascii("FileHash: sha256:");
  private static final byte[] FILE_SIZE = ascii("FileSize: ");
  private static final byte[] NAR_HASH = ascii("NarHash: sha256:");
  private static final byte[] NAR_SIZE = ascii("NarSize: ");
  private static final byte[] REFERENCES = ascii("References: ");
  private static final byte[] DERIVER = ascii("Deriver: ");
  private static final byte[] SYSTEM = ascii("System: ");
  private static final byte[] SIG = ascii("Sig: ");

  /** The hash, the dash and one character. */
  private static final int SHORTEST_NAME = StorePathHash.LENGTH + 2;

  /** Eight characters of ASCII are ordered as the number that they are. */
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** 256 bits in nix32, of which the first digit has but one. */
  private static final int HASH_LENGTH = 52;

  /** 64 bytes in base64, the padding and the colon before them included. */
  private static final int SIGNATURE_LENGTH = 89;

  private static final int PADDING = 2;

  /** Every number of fewer digits fits. */
  private static final int MOST_DIGITS = 18;

  private static final String BASE64_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static final boolean[] BASE64 = base64();

  private final byte[] text;

  /** Where the value of the line begins and ends that was read last. */
  private int start;

  private int end;

  /** Where the next line begins. */
  private int next;

  private boolean isPlain;

  private PlainNarInfo(byte[] text) {
    this.text = requireNonNull(text, "text is null");
    this.isPlain = PrintableAscii.is(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /** Which bytes of ASCII are digits of base64. */
  private static boolean[] base64() {
    var digits = new boolean[1 << (Byte.SIZE - 1)];
    for (byte digit : ascii(BASE64_DIGITS)) {
      digits[digit] = true;
    }
    return digits;
  }

  /**
   * What a narinfo says; empty if it is none.
   *
   * @param uploaded when it was written
   */
  static Optional<Described> read(byte[] narInfo, Instant uploaded, Tags tags) {
    Optional<Described> plain = plain(narInfo, uploaded, tags);
    if (plain.isPresent()) {
      return plain;
    }
    try {
      return Optional.of(Described.of(NarInfo.parse(narInfo), uploaded, tags));
    } catch (MalformedNarInfoException e) {
      return Optional.empty();
    }
  }

  /** The same of one that is written as Nix does; empty if it is not. */
  static Optional<Described> plain(byte[] narInfo, Instant uploaded, Tags tags) {
    var plain = new PlainNarInfo(narInfo);
    return plain.isPlain ? plain.described(uploaded, tags) : Optional.empty();
  }

  private Optional<Described> described(Instant uploaded, Tags tags) {
    String name = storePath();
    String url = value(URL);
    String compression = value(COMPRESSION);
    hash(FILE_HASH);
    long fileSize = size(FILE_SIZE);
    hash(NAR_HASH);
    long narSize = size(NAR_SIZE);
    int count = references();
    int from = start;
    int to = end;
    Optional<String> deriver = deriver();
    List<String> signers = signers();
    if (!isPlain || next != text.length) {
      return Optional.empty();
    }
    return Optional.of(
        new Described(
            new StorePathName(name),
            url,
            compression,
            narSize,
            OptionalLong.of(fileSize),
            BaseNames.known(text, from, to, count),
            deriver.map(StorePath::parse),
            signers,
            uploaded,
            tags));
  }

  private void require(boolean condition) {
    isPlain &= condition;
  }

  /** Whether the next line has this label; its value is not looked for yet. */
  private boolean isNext(byte[] label) {
    return text.length - next >= label.length
        && Arrays.equals(text, next, next + label.length, label, 0, label.length);
  }

  /** Goes to the end of a line with this label. */
  private void line(byte[] label) {
    require(isNext(label));
    start = Math.min(next + label.length, text.length);
    end = endOf('\n', start);
    next = end + 1;
  }

  /** Where a character is from there on; the end of the text if it is not. */
  private int endOf(char character, int from) {
    return ByteSearch.indexOf(character, text, from, text.length);
  }

  private String value(byte[] label) {
    line(label);
    require(start < end);
    return text();
  }

  private String text() {
    return new String(text, start, end - start, US_ASCII);
  }

  private String storePath() {
    line(STORE_PATH);
    require(StorePath.isBaseName(text, start, end));
    start = Math.min(start + StorePathHash.LENGTH + 1, end);
    return text();
  }

  private void hash(byte[] label) {
    line(label);
    require(end - start == HASH_LENGTH && text[start] <= '1');
    int digits = 0;
    for (int i = start; i < end; i++) {
      digits |= Nix32.digit((char) text[i]);
    }
    require(digits >= 0);
  }

  private long size(byte[] label) {
    line(label);
    require(start < end && end - start <= MOST_DIGITS && text[start] != '0');
    long size = 0;
    for (int i = start; i < end; i++) {
      require(text[i] >= '0' && text[i] <= '9');
      size = 10 * size + (text[i] - '0');
    }
    return size;
  }

  /** How many there are, each greater than the one before. */
  private int references() {
    line(REFERENCES);
    int count = 0;
    int before = start;
    int at = start;
    while (isPlain && at < end) {
      int after = ByteSearch.indexOf(' ', text, Math.min(at + SHORTEST_NAME, end), end);
      require(StorePath.isBaseName(text, at, after));
      require(count == 0 || (isPlain && isLess(before, at, after)));
      require(after < end - 1 || after == end);
      before = at;
      at = after + 1;
      count++;
    }
    return count;
  }

  /** Whether a name is less than the one behind it; they differ in their first bytes mostly. */
  private boolean isLess(int one, int other, int end) {
    // Both are base names, which are longer than that.
    long first = (long) WORDS.get(text, one);
    long second = (long) WORDS.get(text, other);
    return first == second
        ? Arrays.compare(text, one, other - 1, text, other, end) < 0
        : first < second;
  }

  private Optional<String> deriver() {
    if (!isNext(DERIVER)) {
      return Optional.empty();
    }
    line(DERIVER);
    require(StorePath.isBaseName(text, start, end));
    return Optional.of(text());
  }

  private List<String> signers() {
    if (isNext(SYSTEM)) {
      line(SYSTEM);
    }
    var signers = new ArrayList<String>();
    while (isNext(SIG)) {
      line(SIG);
      signers.add(signer());
    }
    return signers.size() < 2 ? signers : List.copyOf(new TreeSet<>(signers));
  }

  private String signer() {
    int colon = endOf(':', start);
    require(colon > start && colon == end - SIGNATURE_LENGTH && endOf(' ', start) >= end);
    for (int i = colon + 1; isPlain && i < end; i++) {
      require(i < end - PADDING ? BASE64[text[i]] : text[i] == '=');
    }
    end = Math.min(colon, end);
    return text();
  }
}
