package io.narthex.bench.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.ZstdInputStream;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** A real narinfo of which others are made: what they share, as bytes to be copied. */
final class Template {
  static final byte[] STORE_PATH = ascii("StorePath: /nix/store/");

  /** No name of the sample is longer. */
  static final int NAME = 64;

  private static final String SAMPLE = "/fixtures/narinfo/cache.nixos.org-sample.txt.zst";
  private static final byte[] URL = ascii("\nURL: nar/");
  private static final byte[] FILE_HASH = ascii("\nFileHash: sha256:");
  private static final byte[] DERIVER = ascii("\nDeriver: ");

  /** 256 bits in nix32, of which the first digit has but one. */
  private static final int HASH = 52;

  private final byte[] name;
  private final byte[] compression;
  private final byte[] sizes;
  private final byte[] deriver;
  private final byte[] sigs;
  private final int references;
  private final boolean isSelfReferring;

  private Template(NarInfo like) {
    this.name = ascii(like.storePath().name().toString());
    this.compression = ascii(".nar.xz\nCompression: " + like.compressionLabel());
    this.sizes =
        ascii(
            "\nFileSize: %d\nNarHash: %s\nNarSize: %d\nReferences: "
                .formatted(like.fileSize().orElse(1), like.narHash(), like.narSize()));
    this.deriver = ascii(like.deriver().map(path -> "-" + path.name()).orElse(""));
    var signatures = new StringBuilder();
    like.sigs().forEach(sig -> signatures.append("\nSig: ").append(sig));
    this.sigs = ascii(signatures + "\n");
    this.isSelfReferring = like.references().contains(like.storePath());
    this.references = like.references().size() - (isSelfReferring ? 1 : 0);
  }

  /** One for each narinfo of the sample. */
  static List<Template> all() {
    try (InputStream in = Template.class.getResourceAsStream(SAMPLE)) {
      byte[] text = new ZstdInputStream(requireNonNull(in, SAMPLE)).readAllBytes();
      return Arrays.stream(new String(text, UTF_8).split("\n\n", -1))
          .filter(one -> !one.isBlank())
          .map(Template::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Template parse(String text) {
    try {
      return new Template(NarInfo.parse(text.strip() + "\n"));
    } catch (MalformedNarInfoException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  byte[] name() {
    return name;
  }

  /** How many other paths it refers to. */
  int references() {
    return references;
  }

  boolean isSelfReferring() {
    return isSelfReferring;
  }

  /** At least as many bytes as a narinfo like this has, but for its references. */
  int size() {
    return 512 + compression.length + sizes.length + name.length + deriver.length + sigs.length;
  }

  /** What stands between the path and its references. */
  int file(long random, byte[] text, int at) {
    int hash = put(URL, text, at);
    SyntheticHashes.digits(random, text, hash, HASH);
    text[hash] = '1';
    int end = put(compression, text, hash + HASH);
    end = put(FILE_HASH, text, end);
    System.arraycopy(text, hash, text, end, HASH);
    return put(sizes, text, end + HASH);
  }

  /** What stands behind them. */
  int end(long random, byte[] text, int at) {
    int end = at;
    if (deriver.length > 0) {
      end = put(DERIVER, text, end);
      SyntheticHashes.digits(random, text, end, StorePathHash.LENGTH);
      end = put(deriver, text, end + StorePathHash.LENGTH);
    }
    return put(sigs, text, end);
  }

  /** Copies bytes and says where they end. */
  static int put(byte[] bytes, byte[] text, int at) {
    System.arraycopy(bytes, 0, text, at, bytes.length);
    return at + bytes.length;
  }
}
