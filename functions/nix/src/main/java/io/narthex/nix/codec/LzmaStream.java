package io.narthex.nix.codec;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/**
 * A {@code lzma_stream} with its two buffers, all outside the heap. It can be begun again for
 * another archive, unless it has failed: after an error the library is only told to end.
 */
final class LzmaStream {
  static final int INPUT = 1 << 16;
  private static final int OUTPUT = 1 << 18;

  /** {@code LZMA_TELL_UNSUPPORTED_CHECK | LZMA_CONCATENATED}. */
  private static final int FLAGS = 0x02 | 0x08;

  private static final int RUN = 0;
  private static final int FINISH = 3;

  private static final StructLayout STREAM =
      MemoryLayout.structLayout(
          ADDRESS.withName("next_in"),
          JAVA_LONG.withName("avail_in"),
          JAVA_LONG.withName("total_in"),
          ADDRESS.withName("next_out"),
          JAVA_LONG.withName("avail_out"),
          JAVA_LONG.withName("total_out"),
          ADDRESS.withName("allocator"),
          ADDRESS.withName("internal"),
          MemoryLayout.sequenceLayout(4, ADDRESS),
          MemoryLayout.sequenceLayout(4, JAVA_LONG),
          MemoryLayout.sequenceLayout(2, JAVA_INT));

  private static final StructLayout THREADED =
      MemoryLayout.structLayout(
          JAVA_INT.withName("flags"),
          JAVA_INT.withName("threads"),
          JAVA_LONG.withName("block_size"),
          JAVA_INT.withName("timeout"),
          JAVA_INT.withName("preset"),
          ADDRESS.withName("filters"),
          MemoryLayout.sequenceLayout(8, JAVA_INT),
          JAVA_LONG.withName("memlimit_threading"),
          JAVA_LONG.withName("memlimit_stop"),
          MemoryLayout.sequenceLayout(2, JAVA_LONG),
          MemoryLayout.sequenceLayout(4, ADDRESS));

  private static final VarHandle NEXT_IN = STREAM.varHandle(groupElement("next_in"));
  private static final VarHandle AVAIL_IN = STREAM.varHandle(groupElement("avail_in"));
  private static final VarHandle NEXT_OUT = STREAM.varHandle(groupElement("next_out"));
  private static final VarHandle AVAIL_OUT = STREAM.varHandle(groupElement("avail_out"));

  private final LibLzma library;
  private final MemorySegment stream;
  private final MemorySegment input;
  private final MemorySegment output;
  private boolean isLast;
  private boolean hasEnded;
  private boolean hasFailed;
  private int position;
  private int decoded;

  /** Its memory goes with it, but for what the library took: {@link #end}. */
  LzmaStream(LibLzma library) {
    this.library = library;
    Arena arena = Arena.ofAuto();
    this.stream = arena.allocate(STREAM);
    this.input = arena.allocate(INPUT);
    this.output = arena.allocate(OUTPUT);
  }

  /** Begins with the first byte of an archive, which may make it take so many bytes. */
  void begin(long memoryLimit) {
    begun(library.decoder(stream, memoryLimit, FLAGS));
  }

  /** The same, with blocks of known size decoded side by side, in no more memory. */
  void beginThreaded(long memoryLimit, int threads) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = arena.allocate(THREADED);
      options.set(JAVA_INT, offset("flags"), FLAGS);
      options.set(JAVA_INT, offset("threads"), threads);
      options.set(JAVA_LONG, offset("memlimit_threading"), memoryLimit);
      options.set(JAVA_LONG, offset("memlimit_stop"), memoryLimit);
      begun(library.threadedDecoder(stream, options));
    }
  }

  private static long offset(String field) {
    return THREADED.byteOffset(groupElement(field));
  }

  private void begun(int code) {
    if (code == LzmaCode.MEM_ERROR) {
      throw outOfMemory();
    }
    if (code != LzmaCode.OK) {
      throw new IllegalStateException("liblzma does not begin: " + code);
    }
    AVAIL_IN.set(stream, 0L, 0L);
    isLast = false;
    hasEnded = false;
    position = 0;
    decoded = 0;
  }

  /** Whether everything that was given has been taken, and there may be more. */
  boolean needsInput() {
    return !isLast && (long) AVAIL_IN.get(stream, 0L) == 0;
  }

  /** Gives it bytes, {@link #INPUT} at most; none says that there are no more. */
  void give(byte[] bytes, int length) {
    isLast = length <= 0;
    if (!isLast) {
      MemorySegment.copy(MemorySegment.ofArray(bytes), 0, input, 0, length);
      NEXT_IN.set(stream, 0L, input);
      AVAIL_IN.set(stream, 0L, (long) length);
    }
  }

  /** Takes decoded bytes that are there; 0 if there are none. */
  int take(byte[] into, int offset, int length) {
    int count = Math.min(length, decoded - position);
    MemorySegment.copy(output, position, MemorySegment.ofArray(into), offset, count);
    position += count;
    return count;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  boolean hasFailed() {
    return hasFailed;
  }

  /**
   * Decodes what was given, when all that was decoded before has been taken.
   *
   * @throws IOException if the bytes are not xz, or need more memory than they may
   */
  void decode() throws IOException {
    NEXT_OUT.set(stream, 0L, output);
    AVAIL_OUT.set(stream, 0L, (long) OUTPUT);
    int code = library.code(stream, isLast ? FINISH : RUN);
    position = 0;
    decoded = OUTPUT - (int) (long) AVAIL_OUT.get(stream, 0L);
    switch (code) {
      case LzmaCode.OK -> {}
      case LzmaCode.STREAM_END -> hasEnded = true;
      case LzmaCode.BUF_ERROR -> checkProgress();
      default -> fail(code);
    }
  }

  /** Nothing could be done without more bytes: an error only where there are no more. */
  private void checkProgress() throws IOException {
    if (isLast) {
      hasFailed = true;
      throw new EOFException("ends within the stream");
    }
  }

  private void fail(int code) throws IOException {
    hasFailed = true;
    if (code == LzmaCode.MEM_ERROR) {
      throw outOfMemory();
    }
    throw new IOException(LzmaCode.reason(code));
  }

  private static OutOfMemoryError outOfMemory() {
    return new OutOfMemoryError("liblzma got no memory");
  }

  /** What the library holds for it, in bytes. */
  long memoryUsage() {
    return library.memoryUsage(stream);
  }

  /** Gives all of that back; the stream is not used again. */
  void end() {
    library.end(stream);
  }
}
