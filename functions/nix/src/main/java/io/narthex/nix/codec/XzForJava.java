package io.narthex.nix.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.XZInputStream;

/** Concatenated and padded xz streams, by XZ for Java, which verifies checks and index. */
final class XzForJava implements XzLibrary {
  /** Dictionaries of 8 MiB and more are used again for the next archive. */
  private static final ArrayCache CACHE = BasicArrayCache.getInstance();

  @Override
  public String name() {
    return "XZ for Java";
  }

  @Override
  public InputStream open(InputStream source, DecoderLimits limits) throws IOException {
    return new Decoder(new XZInputStream(source, limits.xzMemory() >> 10, true, CACHE));
  }

  /** It takes the dictionary that a stream declares, on the heap, however little follows. */
  @Override
  public long memory(DecoderLimits limits, long size) {
    return limits.xzMemory();
  }

  /** Its close leaves the source open. */
  private static final class Decoder extends FilterInputStream {
    private final XZInputStream xz;

    Decoder(XZInputStream xz) {
      super(xz);
      this.xz = xz;
    }

    @Override
    public void close() throws IOException {
      xz.close(false);
    }
  }
}
