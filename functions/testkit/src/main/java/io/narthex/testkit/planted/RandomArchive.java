package io.narthex.testkit.planted;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.nar.LinkTarget;
import io.narthex.nix.nar.MalformedNarException;
import io.narthex.nix.nar.NarName;
import io.narthex.nix.nar.NarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Small archives as packages have them: folders, programs, text, bytes, links, and the paths that
 * they refer to.
 */
final class RandomArchive {
  /** Bytes of the file that every archive ends with, none of which can be part of a store path. */
  static final int TAIL = 64;

  private final Random random;

  RandomArchive(Random random) {
    this.random = random;
  }

  /**
   * One archive.
   *
   * @param mentions texts that occur in it: full store paths
   */
  byte[] make(List<String> mentions) {
    var out = new ByteArrayOutputStream();
    try {
      var writer = new NarWriter(out);
      writer.startDirectory();
      folder(writer, "bin", "run", text(mentions));
      folder(writer, "lib", "lib.so", bytes(random.nextInt(3000)));
      if (random.nextBoolean()) {
        writer.entry(NarName.of("link"));
        writer.symlink(LinkTarget.of(mentions.isEmpty() ? "bin/run" : mentions.getFirst() + "/x"));
      }
      file(writer, "tail", false, bytes(TAIL));
      writer.endDirectory();
      writer.finish();
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  /** An archive that is one file. */
  byte[] single() {
    var out = new ByteArrayOutputStream();
    try {
      byte[] bytes = bytes(1 + random.nextInt(500));
      var writer = new NarWriter(out);
      writer.file(false, bytes.length, new ByteArrayInputStream(bytes));
      writer.finish();
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private byte[] text(List<String> mentions) {
    var text = new StringBuilder("#!/bin/sh\n# " + random.nextLong() + "\n");
    mentions.forEach(path -> text.append("exec ").append(path).append("/bin/run \"$@\"\n"));
    return text.toString().getBytes(UTF_8);
  }

  /** Upper case only, so that no store path comes about. */
  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) ('A' + random.nextInt(26));
    }
    return bytes;
  }

  private void folder(NarWriter writer, String folder, String name, byte[] bytes)
      throws IOException, MalformedNarException {
    writer.entry(NarName.of(folder));
    writer.startDirectory();
    file(writer, name, random.nextBoolean(), bytes);
    writer.endDirectory();
  }

  private static void file(NarWriter writer, String name, boolean executable, byte[] bytes)
      throws IOException, MalformedNarException {
    writer.entry(NarName.of(name));
    writer.file(executable, bytes.length, new ByteArrayInputStream(bytes));
  }
}
