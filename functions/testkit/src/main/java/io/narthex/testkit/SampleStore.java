package io.narthex.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.address.AddressedPath;
import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.address.StorePaths;
import io.narthex.nix.address.StoreReferences;
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
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SecretKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/** Makes small signed store paths out of a seed. */
public final class SampleStore {
  /** Of the debug information in {@link #debugNar}. */
  public static final String BUILD_ID = "ab" + "c".repeat(38);

  private static final String NIX32 = "0123456789abcdfghijklmnpqrsvwxyz";

  private final Random random;
  private final SecretKey key;

  /** A store whose paths are signed by a new key {@code sample-1}. */
  public SampleStore(long seed) {
    this(seed, "sample-1");
  }

  /** The same under another name of the key. */
  public SampleStore(long seed, String keyName) {
    this.random = new Random(seed);
    this.key = SecretKey.generate(new KeyName(keyName));
  }

  public SecretKey secretKey() {
    return requireNonNull(key);
  }

  public PublicKey publicKey() {
    return key.publicKey();
  }

  /** A signed path of one file that mentions its references. */
  public SamplePath path(String name, StorePath... references) {
    return path(name, Compression.XZ, List.of(references));
  }

  /** The same with a compression. */
  public SamplePath path(String name, Compression compression, Collection<StorePath> references) {
    SamplePath unsigned = unsigned(name, compression, references);
    return unsigned.with(signed(unsigned.narInfo()));
  }

  /** The same without a signature. */
  public SamplePath unsigned(
      String name, Compression compression, Collection<StorePath> references) {
    return of(storePath(name), directory(text(references)), compression, references);
  }

  /** A narinfo and a file for an archive. */
  public SamplePath of(
      StorePath path, byte[] nar, Compression compression, Collection<StorePath> references) {
    byte[] file = compress(compression, nar);
    Hash fileHash = sha256(file);
    NarInfo narInfo =
        NarInfo.unsigned(StoreDir.DEFAULT, path, sha256(nar), nar.length, references, "nar/x")
            .withFile(
                "nar/" + fileHash.nix32() + ".nar" + compression.suffix(),
                compression,
                fileHash,
                file.length);
    return new SamplePath(narInfo, file);
  }

  /** A path named by its content, unsigned. */
  public SamplePath contentAddressed(String name) {
    byte[] nar = directory("content " + random.nextLong());
    var address = new ContentAddress.Recursive(sha256(nar));
    AddressedPath path =
        StorePaths.fromContentAddress(
            StoreDir.DEFAULT, new StorePathName(name), address, StoreReferences.NONE);
    return switch (path) {
      case AddressedPath.Path(StorePath storePath) -> {
        SamplePath sample = of(storePath, nar, Compression.XZ, List.of());
        yield sample.with(sample.narInfo().withCa(address));
      }
      case AddressedPath.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }

  /** The narinfo with a signature of this store. */
  public NarInfo signed(NarInfo narInfo) {
    return narInfo.withSigs(List.of(key.sign(narInfo.fingerprint())));
  }

  /** A new path with this name. */
  public SamplePath withDebugInfo(String name, String text) {
    SamplePath path = of(storePath(name), debugNar(text), Compression.XZ, List.of());
    return path.with(signed(path.narInfo()));
  }

  public StorePath storePath(String name) {
    var hash = new StringBuilder();
    random.ints(StorePathHash.LENGTH, 0, NIX32.length()).forEach(i -> hash.append(NIX32.charAt(i)));
    return new StorePath(new StorePathHash(hash.toString()), new StorePathName(name));
  }

  /** An archive: a directory with one executable of this text. */
  public static byte[] directory(String text) {
    var out = new ByteArrayOutputStream();
    try {
      NarWriter writer = new NarWriter(out);
      byte[] bytes = text.getBytes(UTF_8);
      writer.startDirectory();
      writer.entry(NarName.of("run"));
      writer.file(true, bytes.length, new ByteArrayInputStream(bytes));
      writer.endDirectory();
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  /** An archive with one file of debug information, for {@link #BUILD_ID}. */
  public static byte[] debugNar(String text) {
    var out = new ByteArrayOutputStream();
    try {
      NarWriter writer = new NarWriter(out);
      List<String> folders = List.of("lib", "debug", ".build-id", BUILD_ID.substring(0, 2));
      for (String name : folders) {
        writer.startDirectory();
        writer.entry(NarName.of(name));
      }
      writer.startDirectory();
      writer.entry(NarName.of(BUILD_ID.substring(2) + ".debug"));
      byte[] bytes = text.getBytes(UTF_8);
      writer.file(false, bytes.length, new ByteArrayInputStream(bytes));
      for (int i = 0; i <= folders.size(); i++) {
        writer.endDirectory();
      }
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  /** The bytes as one stream of a compression. */
  public static byte[] compress(Compression compression, byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (OutputStream encoder = Encoders.open(compression, out, 1)) {
      encoder.write(bytes);
    } catch (UnsupportedCompressionException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static Hash sha256(byte[] bytes) {
    return Hash.of(HashAlgorithm.SHA256, HashAlgorithm.SHA256.newDigest().digest(bytes));
  }

  private String text(Collection<StorePath> references) {
    var text = new StringBuilder("sample " + random.nextLong() + "\n");
    references.forEach(r -> text.append(StoreDir.DEFAULT.print(r)).append("/run\n"));
    return text.toString();
  }
}
