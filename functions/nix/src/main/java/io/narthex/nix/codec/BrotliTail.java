package io.narthex.nix.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.brotli.dec.BrotliInputStream;

/**
 * Looks into Google's brotli decoder, release 0.1.2, after it has ended: whether its input block
 * holds bytes that it never used. The decoder checks that itself where it has seen the end of its
 * source, and only there. No public method tells it, and the source is long past.
 */
final class BrotliTail {
  private static final int BLOCK = 4096;
  private static final VarHandle STATE;
  private static final VarHandle READER;
  private static final VarHandle WORDS_READ;
  private static final VarHandle BITS_USED;
  private static final VarHandle END_SEEN;

  static {
    try {
      Class<?> state = Class.forName("org.brotli.dec.State");
      Class<?> reader = Class.forName("org.brotli.dec.BitReader");
      STATE = field(BrotliInputStream.class, "state", state);
      READER = field(state, "br", reader);
      WORDS_READ = field(reader, "intOffset", int.class);
      BITS_USED = field(reader, "bitOffset", int.class);
      END_SEEN = field(reader, "endOfStreamReached", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private BrotliTail() {}

  private static VarHandle field(Class<?> owner, String name, Class<?> type)
      throws ReflectiveOperationException {
    return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
        .findVarHandle(owner, name, type);
  }

  /** Whether the decoder, at its end, has read bytes from its source that it did not use. */
  static boolean isUnread(BrotliInputStream ended) {
    Object reader = READER.get(STATE.get(ended));
    if ((boolean) END_SEEN.get(reader)) {
      return false;
    }
    // Words of 32 bits went into a window of 64 bits, of which so many bits are used.
    int wordsRead = (int) WORDS_READ.get(reader);
    int bitsUsed = (int) BITS_USED.get(reader);
    int bytesUsed = 4 * wordsRead - 8 + (bitsUsed + 7) / 8;
    return bytesUsed < BLOCK;
  }
}
