package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.MalformedNarException;
import io.narthex.nix.nar.NarWriter;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Uploads with one thing wrong each, everything else right and signed. */
final class BadInput {
  static final String ZERO_HASH = "sha256:" + "0".repeat(52);
  private static final int BOMB = 32 << 20;

  private BadInput() {}

  static Upload good(SampleStore store) {
    return Upload.of(store.path("hello-1.0"));
  }

  /** One line of the narinfo changed, and the whole signed again. */
  static Upload line(SampleStore store, String field, String value) {
    return good(store).line(field, value).signedBy(store);
  }

  static Upload tooLargeNarInfo(SampleStore store) {
    return good(store).more("System: " + "x".repeat(NarInfoReader.MAX_SIZE));
  }

  /** Bytes that the narinfo hashes rightly, but that are no archive. */
  static Upload archive(SampleStore store, byte[] nar) {
    return Upload.of(signed(store, nar, Compression.XZ));
  }

  static SamplePath signed(SampleStore store, byte[] nar, Compression compression) {
    SamplePath path = store.of(store.storePath("hello-1.0"), nar, compression, List.of());
    return path.with(store.signed(path.narInfo()));
  }

  static Upload notAnArchive(SampleStore store) {
    return archive(store, "a text that somebody compressed".getBytes(US_ASCII));
  }

  static Upload bytesAfterTheArchive(SampleStore store) {
    byte[] nar = SampleStore.directory("hello");
    return archive(store, Arrays.copyOf(nar, nar.length + 8));
  }

  static Upload bytesAfterTheStream(SampleStore store) {
    SamplePath path = store.path("hello-1.0");
    byte[] file = path.file();
    byte[] longer = Arrays.copyOf(file, file.length + 4);
    Arrays.fill(longer, file.length, longer.length, (byte) '!');
    return Upload.of(ofFile(store, path, longer));
  }

  static Upload truncatedStream(SampleStore store) {
    SamplePath path = store.path("hello-1.0");
    byte[] file = path.file();
    return Upload.of(ofFile(store, path, Arrays.copyOf(file, file.length - 8)));
  }

  /** The path with another stored file, whose hash and size the narinfo states rightly. */
  private static SamplePath ofFile(SampleStore store, SamplePath path, byte[] file) {
    var narInfo = path.narInfo();
    var hash = SampleStore.sha256(file);
    return path.with(
            store.signed(
                narInfo.withFile(
                    "nar/" + hash.nix32() + ".nar.xz", Compression.XZ, hash, file.length)))
        .withFile(file);
  }

  /** A few kilobytes that inflate to 32 MiB where the narinfo admits to 1,000 bytes. */
  static Upload bomb(SampleStore store) {
    return Upload.of(signed(store, zeros(), Compression.XZ))
        .line("NarSize", "1000")
        .signedBy(store);
  }

  private static byte[] zeros() {
    var out = new ByteArrayOutputStream();
    try {
      NarWriter writer = new NarWriter(out);
      writer.startFile(false, BOMB);
      writer.contents(new byte[BOMB], 0, BOMB);
      writer.endFile();
      writer.finish();
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  /** Signed by a key that has the name of the trusted one. */
  static Upload forged(SampleStore store) {
    return good(store).signedBy(new SampleStore(2));
  }

  static Upload unsigned(SampleStore store) {
    return good(store).without("Sig");
  }

  static Upload underAnotherKey(SampleStore store) {
    return good(store).under(store.storePath("other-1.0").hash());
  }

  static Upload narUnderUrl(SampleStore store, String url) {
    return line(store, "URL", url);
  }

  static Upload wrongContent(SampleStore store) {
    SamplePath path = store.contentAddressed("source.txt");
    SamplePath other =
        store.of(path.storePath(), SampleStore.directory("x"), Compression.XZ, List.of());
    return Upload.of(
        other.with(store.signed(other.narInfo().withCa(path.narInfo().ca().orElseThrow()))));
  }

  static Upload addressOfAnotherPath(SampleStore store) {
    return good(store).more("CA: fixed:r:" + ZERO_HASH).signedBy(store);
  }

  static Upload undeclared(SampleStore store) {
    StorePath secret = store.storePath("secret-1.0");
    byte[] nar = SampleStore.directory("run /nix/store/" + secret + "/bin/secret\n");
    return Upload.of(signed(store, nar, Compression.XZ));
  }

  static Upload withReferences(SampleStore store, int count) {
    List<StorePath> references =
        Stream.generate(() -> store.storePath("dependency")).limit(count).toList();
    String text =
        references.stream().map(StoreDir.DEFAULT::print).collect(Collectors.joining("\n"));
    SamplePath path =
        store.of(
            store.storePath("hello-1.0"), SampleStore.directory(text), Compression.XZ, references);
    return Upload.of(path.with(store.signed(path.narInfo())));
  }

  static Upload withReference(SampleStore store) {
    return Upload.of(store.path("hello-1.0", store.storePath("missing-1.0")));
  }
}
