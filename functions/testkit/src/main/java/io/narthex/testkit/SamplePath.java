package io.narthex.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;

/** A store path as a client would upload it: a narinfo and the file that its URL names. */
public final class SamplePath {
  private final NarInfo narInfo;
  private final byte[] file;

  SamplePath(NarInfo narInfo, byte[] file) {
    this.narInfo = requireNonNull(narInfo, "narInfo is null");
    this.file = file.clone();
  }

  public NarInfo narInfo() {
    return narInfo;
  }

  public StorePath storePath() {
    return narInfo.storePath();
  }

  public String narInfoKey() {
    return storePath().hash() + ".narinfo";
  }

  public byte[] narInfoBytes() {
    return narInfo.write().getBytes(UTF_8);
  }

  public String narKey() {
    return narInfo.url();
  }

  public byte[] file() {
    return file.clone();
  }

  /** The same file under another narinfo. */
  public SamplePath with(NarInfo other) {
    return new SamplePath(other, file);
  }

  /** The same narinfo over another file. */
  public SamplePath withFile(byte[] other) {
    return new SamplePath(narInfo, other);
  }

  /** Uploads NAR and narinfo, in the order of a client. */
  public void uploadTo(MemoryStore cache) {
    cache.upload(narKey(), file);
    cache.upload(narInfoKey(), narInfoBytes());
  }
}
