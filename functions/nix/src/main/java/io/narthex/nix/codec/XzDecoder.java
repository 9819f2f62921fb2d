package io.narthex.nix.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.XZInputStream;

/** Concatenated and padded xz streams, by XZ for Java, which verifies checks and index. */
final class XzDecoder extends FilterInputStream {
  /** Dictionaries of 8 MiB and more are used again for the next archive. */
  private static final ArrayCache CACHE = BasicArrayCache.getInstance();

  private final XZInputStream xz;

  private XzDecoder(XZInputStream xz) {
    super(xz);
    this.xz = xz;
  }

  static InputStream open(InputStream source, int maxMemory) throws IOException {
    return new XzDecoder(new XZInputStream(source, maxMemory >> 10, true, CACHE));
  }

  @Override
  public void close() throws IOException {
    xz.close(false);
  }
}
