package io.narthex.cache.nar;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePathHash;

/**
 * Which NAR was read, and how: facts found by one reading answer every later question that would
 * need the very same reading.
 *
 * @param compression the label by which it was decoded
 * @param limit decoded bytes after which reading stopped: the {@code NarSize} of the narinfo
 * @param contentAddress the {@code CA} field that was recomputed along; empty if there was none
 * @param self the path whose self references were looked for
 * @param refersToItself whether its references say that there are any
 * @param storeDir whose paths were looked for
 */
public record NarReading(
    NarPath nar,
    VersionId version,
    String compression,
    long limit,
    String contentAddress,
    StorePathHash self,
    boolean refersToItself,
    StoreDir storeDir) {
  public NarReading {
    requireNonNull(nar, "nar is null");
    requireNonNull(version, "version is null");
    requireNonNull(compression, "compression is null");
    requireNonNull(contentAddress, "contentAddress is null");
    requireNonNull(self, "self is null");
    requireNonNull(storeDir, "storeDir is null");
  }

  /** How a narinfo says that a version of its NAR is to be read. */
  public static NarReading of(NarInfo narInfo, NarPath nar, VersionId version) {
    return new NarReading(
        nar,
        version,
        narInfo.compressionLabel(),
        narInfo.narSize(),
        narInfo.ca().map(Object::toString).orElse(""),
        narInfo.storePath().hash(),
        narInfo.references().contains(narInfo.storePath()),
        narInfo.storeDir());
  }

  /**
   * The bytes, as stored, beyond which a file is not read: no compression makes an archive longer
   * by that much.
   */
  public long maxFileSize() {
    return limit + limit / 8 + (1 << 20);
  }
}
