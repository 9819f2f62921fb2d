package io.narthex.nix.codec;

import java.io.IOException;
import java.io.InputStream;
import net.jpountz.lz4.LZ4FrameInputStream;

/** Concatenated and skippable lz4 frames, by lz4-java; bytes after the last are an error there. */
final class Lz4Decoder {
  /** The largest block, compressed and not. */
  static final long MEMORY = 9 << 20;

  private Lz4Decoder() {}

  static InputStream open(InputStream source) throws IOException {
    return new LZ4FrameInputStream(new OpenEndedStream(source));
  }
}
