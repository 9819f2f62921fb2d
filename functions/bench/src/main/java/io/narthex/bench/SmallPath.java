package io.narthex.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Random;

/** A signed store path of one file of 4 KB, compressed with xz. */
final class SmallPath {
  private static final int SIZE = 4096;

  private final NarInfo narInfo;
  private final byte[] file;

  private SmallPath(NarInfo narInfo, byte[] file) {
    this.narInfo = narInfo;
    this.file = file;
  }

  /** A new path; the same seed state makes the same path. */
  static SmallPath of(String name, Random random, SecretKey key) {
    byte[] nar = nar(random);
    byte[] file = xz(nar);
    Hash narHash = HashAlgorithm.SHA256.hash(nar);
    Hash fileHash = HashAlgorithm.SHA256.hash(file);
    var path =
        new StorePath(
            new StorePathHash(narHash.nix32().substring(0, StorePathHash.LENGTH)),
            new StorePathName(name));
    NarInfo unsigned =
        NarInfo.unsigned(StoreDir.DEFAULT, path, narHash, nar.length, List.of(), "nar/x")
            .withFile("nar/" + fileHash.nix32() + ".nar.xz", Compression.XZ, fileHash, file.length);
    return new SmallPath(unsigned.withSig(key.sign(unsigned.fingerprint())), file);
  }

  String narInfoKey() {
    return narInfo.storePath().hash() + ".narinfo";
  }

  byte[] narInfo() {
    return narInfo.write().getBytes(UTF_8);
  }

  String narKey() {
    return narInfo.url();
  }

  byte[] file() {
    return file.clone();
  }

  private static byte[] nar(Random random) {
    byte[] contents = new byte[SIZE];
    random.nextBytes(contents);
    var out = new ByteArrayOutputStream();
    try {
      NarWriter writer = new NarWriter(out);
      writer.startDirectory();
      writer.entry(NarName.of("run"));
      writer.file(true, SIZE, new ByteArrayInputStream(contents));
      writer.endDirectory();
      writer.finish();
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static byte[] xz(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (OutputStream encoder = Encoders.open(Compression.XZ, out, 0)) {
      encoder.write(bytes);
    } catch (IOException | UnsupportedCompressionException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
