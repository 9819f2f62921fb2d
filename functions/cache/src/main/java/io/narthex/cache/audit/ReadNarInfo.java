package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.VersionId;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A narinfo that was read, as it is kept until its NAR is. */
record ReadNarInfo(long number, Identity identity, NarInfo narInfo, String text) {
  ReadNarInfo {
    requireNonNull(identity, "identity is null");
    requireNonNull(narInfo, "narInfo is null");
    requireNonNull(text, "text is null");
  }

  byte[] write() {
    var bytes = new ByteArrayOutputStream(text.length() + 128);
    Instant modified = identity.lastModified();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(number);
      out.writeUTF(identity.etag());
      out.writeUTF(identity.version().value());
      out.writeLong(identity.size());
      out.writeLong(modified.getEpochSecond());
      out.writeInt(modified.getNano());
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ReadNarInfo read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long number = in.readLong();
      Identity identity =
          new Identity(
              in.readUTF(),
              new VersionId(in.readUTF()),
              in.readLong(),
              Instant.ofEpochSecond(in.readLong(), in.readInt()));
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new ReadNarInfo(number, identity, NarInfo.parse(text), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedNarInfoException e) {
      throw new IllegalStateException("parsed before, and not now", e);
    }
  }
}
