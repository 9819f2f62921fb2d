package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.codec.Encoders;
import io.narthex.nix.codec.UnsupportedCompressionException;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.nar.MalformedNarException;
import io.narthex.nix.nar.NarName;
import io.narthex.nix.nar.NarWriter;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import io.narthex.nix.signature.SecretKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A store path of the demonstration: one shell script, signed by the host's key. */
final class DemoPath {
  private final NarInfo narInfo;
  private final byte[] file;

  private DemoPath(NarInfo narInfo, byte[] file) {
    this.narInfo = requireNonNull(narInfo, "narInfo is null");
    this.file = file;
  }

  /** A script that may mention other paths. */
  static DemoPath script(String name, String text, List<StorePath> references, SecretKey key) {
    byte[] nar = nar(text);
    byte[] file = xz(nar);
    String digest = HashAlgorithm.SHA256.hash((name + text).getBytes(UTF_8)).nix32();
    var path =
        new StorePath(
            new StorePathHash(digest.substring(0, StorePathHash.LENGTH)), new StorePathName(name));
    Hash fileHash = HashAlgorithm.SHA256.hash(file);
    NarInfo narInfo =
        NarInfo.unsigned(
                StoreDir.DEFAULT,
                path,
                HashAlgorithm.SHA256.hash(nar),
                nar.length,
                references,
                "nar/x")
            .withFile("nar/" + fileHash.nix32() + ".nar.xz", Compression.XZ, fileHash, file.length);
    return new DemoPath(narInfo.withSig(key.sign(narInfo.fingerprint())), file);
  }

  /** The same narinfo over an archive in which somebody has changed a word. */
  DemoPath tamperedWith(String text) {
    return new DemoPath(narInfo, xz(nar(text)));
  }

  StorePath storePath() {
    return narInfo.storePath();
  }

  String narInfoKey() {
    return storePath().hash() + ".narinfo";
  }

  byte[] narInfoBytes() {
    return narInfo.write().getBytes(UTF_8);
  }

  String narKey() {
    return narInfo.url();
  }

  byte[] file() {
    return file.clone();
  }

  private static byte[] nar(String text) {
    var out = new ByteArrayOutputStream();
    byte[] script = text.getBytes(UTF_8);
    try {
      NarWriter writer = new NarWriter(out);
      writer.startDirectory();
      writer.entry(NarName.of("bin"));
      writer.startDirectory();
      writer.entry(NarName.of("run"));
      writer.file(true, script.length, new ByteArrayInputStream(script));
      writer.endDirectory();
      writer.endDirectory();
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static byte[] xz(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (OutputStream encoder = Encoders.open(Compression.XZ, out)) {
      encoder.write(bytes);
    } catch (IOException | UnsupportedCompressionException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
