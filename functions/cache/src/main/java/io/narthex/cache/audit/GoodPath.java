package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.VersionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A path that is good but for its closure, as it is kept until closures are looked at.
 *
 * @param narInfo where its narinfo is kept
 * @param narVersion which version of the NAR was there
 */
record GoodPath(
    long number, long narInfo, Optional<VersionId> narVersion, ContentJudge.Content content) {
  GoodPath {
    requireNonNull(narVersion, "narVersion is null");
    requireNonNull(content, "content is null");
  }

  byte[] write() {
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(number);
      out.writeLong(narInfo);
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
      Optional<VersionId> version =
          Optional.of(in.readUTF()).filter(text -> !text.isEmpty()).map(VersionId::new);
      String compression = in.readUTF();
      long fileSize = in.readLong();
      long narSize = in.readLong();
      ArchiveRead archive = ArchiveRead.valueOf(in.readUTF());
      PathSizes sizes = new PathSizes(compression, fileSize, narSize, texts(in), archive);
      return new GoodPath(
          number, narInfo, version, new ContentJudge.Content(FindingCodec.read(in), sizes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
