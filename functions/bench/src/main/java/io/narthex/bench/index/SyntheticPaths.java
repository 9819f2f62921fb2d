package io.narthex.bench.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.ZstdInputStream;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * As many store paths as one likes, made when they are asked for: each a function of its number.
 * Names, sizes, signers and how many references are those of real narinfos; what is referred to is
 * any other path. Hashes rise with the numbers and are as even as real ones.
 */
final class SyntheticPaths {
  private static final String SAMPLE = "/fixtures/narinfo/cache.nixos.org-sample.txt.zst";
  private static final String ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";
  private static final int HEAD_BITS = 60;
  private static final int HEAD = 12;
  private static final int A_CHARACTER = 5;

  private final List<NarInfo> templates;
  private final long count;
  private final long step;

  SyntheticPaths(long count) {
    this.templates = read();
    this.count = count;
    this.step = (1L << HEAD_BITS) / count;
  }

  long count() {
    return count;
  }

  private static List<NarInfo> read() {
    try (InputStream in = SyntheticPaths.class.getResourceAsStream(SAMPLE)) {
      byte[] text = new ZstdInputStream(requireNonNull(in, SAMPLE)).readAllBytes();
      return Arrays.stream(new String(text, UTF_8).split("\n\n", -1))
          .filter(one -> !one.isBlank())
          .map(SyntheticPaths::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NarInfo parse(String text) {
    try {
      return NarInfo.parse(text.strip() + "\n");
    } catch (MalformedNarInfoException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The hash of a path. */
  StorePathHash hash(long number) {
    var text = new char[StorePathHash.LENGTH];
    long head = number * step + Long.remainderUnsigned(mixed(number), step);
    for (int i = HEAD - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (head & 31));
      head >>>= A_CHARACTER;
    }
    long tail = mixed(~number);
    for (int i = HEAD; i < text.length; i++) {
      text[i] = ALPHABET.charAt((int) (tail & 31));
      tail = Long.rotateRight(tail, A_CHARACTER);
    }
    return new StorePathHash(new String(text));
  }

  /** The number of the path with this hash; empty if there is none. */
  OptionalLong number(StorePathHash hash) {
    long number = Math.min(count - 1, head(hash.nix32()) / step);
    return hash(number).equals(hash) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /** The number of the first path whose hash is greater than a text; the count if none is. */
  long firstAfter(String text) {
    String padded = text.length() >= HEAD ? text : text + "0".repeat(HEAD - text.length());
    long number = Math.min(count, head(padded) / step);
    while (number > 0 && hash(number - 1).nix32().compareTo(text) > 0) {
      number--;
    }
    while (number < count && hash(number).nix32().compareTo(text) <= 0) {
      number++;
    }
    return number;
  }

  private static long head(String text) {
    long value = 0;
    for (int i = 0; i < HEAD; i++) {
      value = (value << A_CHARACTER) | ALPHABET.indexOf(text.charAt(i));
    }
    return value;
  }

  /** The base name of a path. */
  String name(long number) {
    return hash(number) + "-" + template(number).storePath().name();
  }

  /** What a path refers to, by number. */
  List<Long> references(long number) {
    int references = template(number).references().size();
    return Stream.iterate(mixed(number ^ 0x5bd1e995L), SyntheticPaths::mixed)
        .limit(references)
        .map(random -> Long.remainderUnsigned(random, count))
        .toList();
  }

  /** The narinfo of a path. */
  byte[] narInfo(long number) {
    NarInfo like = template(number);
    var text = new StringBuilder(1024);
    text.append("StorePath: /nix/store/").append(name(number)).append("\nURL: ");
    text.append(like.url()).append("\nCompression: ").append(like.compressionLabel());
    like.fileHash().ifPresent(hash -> text.append("\nFileHash: ").append(hash));
    like.fileSize().ifPresent(size -> text.append("\nFileSize: ").append(size));
    text.append("\nNarHash: ").append(like.narHash()).append("\nNarSize: ").append(like.narSize());
    text.append("\nReferences:");
    references(number).forEach(other -> text.append(' ').append(name(other)));
    like.deriver().map(StorePath::toString).ifPresent(d -> text.append("\nDeriver: ").append(d));
    like.sigs().forEach(sig -> text.append("\nSig: ").append(sig));
    return text.append('\n').toString().getBytes(UTF_8);
  }

  private NarInfo template(long number) {
    return templates.get((int) Long.remainderUnsigned(mixed(number + 1), templates.size()));
  }

  /** The finaliser of SplitMix64. */
  private static long mixed(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
