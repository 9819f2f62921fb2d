package io.narthex.bench.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cache of synthetic narinfos as files, signed by one key. Its NARs are as long as they should be
 * and hold nothing.
 */
public final class SignedCache {
  private SignedCache() {}

  /** Writes so many narinfos and what they point at; answers the public key, with its name. */
  public static String write(Path directory, int count) throws IOException {
    var paths = new SyntheticPaths(count);
    SecretKey key = SecretKey.generate(new KeyName("bench-1"));
    Files.createDirectories(directory.resolve("nar"));
    Files.writeString(directory.resolve("nix-cache-info"), "StoreDir: /nix/store\n");
    for (long number = 0; number < count; number++) {
      String text = new String(paths.narInfo(number), UTF_8);
      NarInfo parsed = parse(text);
      String unsigned =
          text.lines().filter(line -> !line.startsWith("Sig: ")).collect(joining("\n", "", "\n"));
      Files.writeString(
          directory.resolve(parsed.storePath().hash() + ".narinfo"),
          unsigned + "Sig: " + key.sign(parsed.fingerprint()) + "\n");
      nar(directory.resolve(parsed.url()), parsed.fileSize().orElse(parsed.narSize()));
    }
    return key.publicKey().toString();
  }

  private static void nar(Path file, long size) throws IOException {
    if (!Files.exists(file)) {
      try (var nar = new RandomAccessFile(file.toFile(), "rw")) {
        nar.setLength(size);
      }
    }
  }

  private static NarInfo parse(String text) {
    try {
      return NarInfo.parse(text);
    } catch (MalformedNarInfoException e) {
      throw new IllegalStateException(e);
    }
  }
}
