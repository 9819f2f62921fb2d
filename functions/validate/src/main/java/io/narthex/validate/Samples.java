package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.nar.NarPassLimits;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One signed store path, bundled in every compression that is decoded: verifying them all loads
 * what verifying an upload needs. Nothing is read but these.
 */
final class Samples {
  /** A pass for a small archive; and one that takes a second thread, as a large one does. */
  private static final List<NarPass> PASSES =
      List.of(
          new NarPass(StoreDir.DEFAULT, NarPassLimits.DEFAULT, Long.MAX_VALUE),
          new NarPass(StoreDir.DEFAULT, NarPassLimits.DEFAULT, 0));

  /** Of RFC 8032's first test vector, whose secret half everybody knows: nobody else trusts it. */
  private static final String KEY = "example-1:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  static final List<Compression> COMPRESSIONS =
      List.of(
          Compression.XZ,
          Compression.ZSTD,
          Compression.NONE,
          Compression.GZIP,
          Compression.BZIP2,
          Compression.BR,
          Compression.LZ4);

  private final Function<String, InputStream> files;

  /** Those that are bundled. */
  Samples() {
    this(Samples::bundled);
  }

  /**
   * Others.
   *
   * @param files by their names: {@code sample.narinfo}, and {@code sample.} with the label of each
   *     compression
   */
  Samples(Function<String, InputStream> files) {
    this.files = requireNonNull(files, "files is null");
  }

  private static InputStream bundled(String name) {
    return requireNonNull(Samples.class.getResourceAsStream("sample/" + name), name);
  }

  /** Verifies them; what fails is said, and keeps the others from nothing. */
  void verify(Consumer<String> failed) {
    try {
      NarInfo narInfo = narInfo();
      COMPRESSIONS.forEach(compression -> verify(compression, narInfo, failed));
    } catch (MalformedNarInfoException | IOException | RuntimeException | LinkageError e) {
      failed.accept("sample.narinfo: " + e);
    }
  }

  private NarInfo narInfo() throws IOException, MalformedNarInfoException {
    NarInfo narInfo = NarInfo.parse(read("narinfo"));
    var signatures = TrustedPublicKeys.parse(KEY).verify(narInfo.fingerprint(), narInfo.sigs());
    if (signatures.distinctKeys() != 1) {
      throw new IllegalStateException("its signature is not good");
    }
    return narInfo;
  }

  // An exception would fail the deployment, over nothing but speed. A library that does not load is
  // an Error.
  private void verify(Compression compression, NarInfo narInfo, Consumer<String> failed) {
    try {
      byte[] file = read(compression.label());
      for (NarPass pass : PASSES) {
        check(
            pass.inspect(compression, narInfo.narSize(), new ByteArrayInputStream(file)).archive(),
            narInfo);
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      failed.accept(compression + ": " + e);
    }
  }

  private static void check(ArchiveOutcome archive, NarInfo narInfo) {
    if (!(archive instanceof ArchiveOutcome.WellFormed whole)
        || !whole.nar().sha256().equals(narInfo.narHash())) {
      throw new IllegalStateException("not the archive of the narinfo: " + archive);
    }
  }

  private byte[] read(String name) throws IOException {
    try (InputStream file = files.apply("sample." + name)) {
      return file.readAllBytes();
    }
  }
}
