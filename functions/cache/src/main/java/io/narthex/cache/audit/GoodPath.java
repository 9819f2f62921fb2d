package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A path that is good but for its closure, as it is kept until closures are looked at.
 *
 * @param narInfo where its narinfo is kept
 * @param storePath the full path
 * @param references without itself
 * @param version which version of the narinfo was there
 * @param nar what it points at
 * @param narVersion which version of that was there
 */
record GoodPath(
    long number,
    long narInfo,
    String storePath,
    List<Referred> references,
    VersionId version,
    Optional<NarPath> nar,
    Optional<VersionId> narVersion,
    ContentJudge.Content content) {
  private static final int A_REFERENCE = 2 * Long.BYTES;

  GoodPath {
    requireNonNull(storePath, "storePath is null");
    references = List.copyOf(references);
    requireNonNull(version, "version is null");
    requireNonNull(nar, "nar is null");
    requireNonNull(narVersion, "narVersion is null");
    requireNonNull(content, "content is null");
  }

  /**
   * What is kept of one.
   *
   * @param refer what is kept of a reference
   */
  static GoodPath of(Sight.Whole whole, Function<StorePath, Referred> refer) {
    ReadNarInfo read = whole.read();
    NarInfo narInfo = read.narInfo();
    StorePath path = narInfo.storePath();
    return new GoodPath(
        read.number(),
        whole.at(),
        narInfo.storeDir().print(path),
        narInfo.references().stream()
            .filter(reference -> !reference.equals(path))
            .map(refer)
            .toList(),
        read.identity().version(),
        NarPath.at(narInfo.url()),
        whole.seen().identity().map(Identity::version),
        whole.content());
  }

  byte[] write() {
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(number);
      out.writeLong(narInfo);
      out.writeUTF(storePath);
      references(out);
      out.writeUTF(version.value());
      out.writeUTF(nar.map(NarPath::file).orElse(""));
      out.writeUTF(narVersion.map(VersionId::value).orElse(""));
      out.writeUTF(content.sizes().compression());
      out.writeLong(content.sizes().fileSize());
      out.writeLong(content.sizes().narSize());
      out.writeUTF(content.sizes().archive().name());
      texts(out, content.sizes().signers());
      FindingCodec.write(out, content.findings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static GoodPath read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long number = in.readLong();
      long narInfo = in.readLong();
      String storePath = in.readUTF();
      List<Referred> references = references(in);
      VersionId version = new VersionId(in.readUTF());
      Optional<NarPath> nar = told(in).map(NarPath::new);
      Optional<VersionId> narVersion = told(in).map(VersionId::new);
      String compression = in.readUTF();
      long fileSize = in.readLong();
      long narSize = in.readLong();
      ArchiveRead archive = ArchiveRead.valueOf(in.readUTF());
      PathSizes sizes = new PathSizes(compression, fileSize, narSize, texts(in), archive);
      return new GoodPath(
          number,
          narInfo,
          storePath,
          references,
          version,
          nar,
          narVersion,
          new ContentJudge.Content(FindingCodec.read(in), sizes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> told(DataInputStream in) throws IOException {
    return Optional.of(in.readUTF()).filter(text -> !text.isEmpty());
  }

  private void references(DataOutputStream out) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(references.size() * A_REFERENCE);
    for (Referred reference : references) {
      all.putLong(reference.number()).putLong(reference.name());
    }
    out.writeInt(references.size());
    out.write(all.array());
  }

  private static List<Referred> references(DataInputStream in) throws IOException {
    var references = new Referred[in.readInt()];
    ByteBuffer all = ByteBuffer.wrap(in.readNBytes(references.length * A_REFERENCE));
    for (int i = 0; i < references.length; i++) {
      references[i] = new Referred(all.getLong(), all.getLong());
    }
    return List.of(references);
  }

  private static void texts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeShort(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    String[] texts = new String[in.readUnsignedShort()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readUTF();
    }
    return List.of(texts);
  }
}
