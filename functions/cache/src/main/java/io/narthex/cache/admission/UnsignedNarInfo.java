package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.store.ContentEncodings;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.signature.Sig;
import java.util.Arrays;
import java.util.Optional;

/** A narinfo as it was uploaded, byte for byte, to which a signature may be added. */
final class UnsignedNarInfo {
  private final ETag etag;
  private final NarInfo narInfo;
  private final byte[] bytes;

  private UnsignedNarInfo(ETag etag, NarInfo narInfo, byte[] bytes) {
    this.etag = requireNonNull(etag, "etag is null");
    this.narInfo = requireNonNull(narInfo, "narInfo is null");
    this.bytes = requireNonNull(bytes, "bytes is null");
  }

  /**
   * Reads it; empty if that version is gone.
   *
   * @throws StoreException if it cannot be read, which it could be when it was judged
   */
  static Optional<UnsignedNarInfo> read(VersionedStore cache, NarInfoPath path, VersionId version) {
    return cache.open(path.key(), version).map(UnsignedNarInfo::read);
  }

  private static UnsignedNarInfo read(ObjectContent content) {
    try (content) {
      return switch (ContentEncodings.decode(content, NarInfoReader.MAX_SIZE)) {
        case ContentEncodings.Decoded(var bytes) ->
            new UnsignedNarInfo(content.object().etag(), NarInfo.parse(bytes), bytes);
        case ContentEncodings.Undecodable(var reason) ->
            throw new StoreException(content.object().key() + ": " + reason);
        case ContentEncodings.TooLarge(var limit) ->
            throw new StoreException(content.object().key() + ": over " + limit + " bytes");
      };
    } catch (MalformedNarInfoException e) {
      throw new StoreException("reading " + content.object().key(), e);
    }
  }

  /** Of the object as stored. */
  ETag etag() {
    return etag;
  }

  NarInfo narInfo() {
    return narInfo;
  }

  /** All of it, not compressed, and one more line. */
  byte[] signed(Sig sig) {
    boolean hasEnd = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
    byte[] line = ((hasEnd ? "" : "\n") + "Sig: " + sig + "\n").getBytes(UTF_8);
    byte[] all = Arrays.copyOf(bytes, bytes.length + line.length);
    System.arraycopy(line, 0, all, bytes.length, line.length);
    return all;
  }
}
