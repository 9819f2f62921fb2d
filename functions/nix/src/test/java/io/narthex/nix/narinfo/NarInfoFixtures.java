package io.narthex.nix.narinfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.ZstdInputStream;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The narinfos and keys under {@code fixtures/}. */
final class NarInfoFixtures {
  private static final String SUFFIX = ".narinfo";

  private NarInfoFixtures() {}

  /** What cache.nixos.org served, text by text. */
  static List<String> cacheNixosOrg() {
    var texts = new ArrayList<String>();
    for (String text : decompressed("narinfo/cache.nixos.org-sample.txt.zst").split("\n\n", -1)) {
      if (!text.isEmpty()) {
        texts.add(text + "\n");
      }
    }
    return texts;
  }

  static TrustedPublicKeys cacheNixosOrgKeys() {
    return TrustedPublicKeys.parse(new String(bytes("keys/trusted-public-keys"), UTF_8));
  }

  /** A narinfo by its path below {@code fixtures/narinfo/}, without its suffix. */
  static byte[] narInfo(String name) {
    return bytes("narinfo/" + name + SUFFIX);
  }

  /** The names of all narinfos in a folder below {@code fixtures/narinfo/}, without suffix. */
  static List<String> names(String folder) {
    try (Stream<Path> files = Files.list(Path.of(uri("narinfo/" + folder)))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decompressed(String path) {
    try (var in = new ZstdInputStream(open(path))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String path) {
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    return requireNonNull(
        NarInfoFixtures.class.getResourceAsStream("/fixtures/" + path), "no fixture " + path);
  }

  private static URI uri(String path) {
    try {
      return requireNonNull(NarInfoFixtures.class.getResource("/fixtures/" + path)).toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
