package io.narthex.nix.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * liblzma, called by the Foreign Function and Memory API: six functions of it.
 *
 * @see <a href="https://tukaani.org/xz/liblzma-api/">liblzma API, base.h and container.h</a>
 */
final class LibLzma implements XzLibrary {
  /** Streams that are kept for the next archive, with their buffers and dictionaries. */
  private static final int IDLE = 16;

  /** One with a larger dictionary than usual is not kept; in bytes. */
  private static final long SMALL = 16 << 20;

  /** What blocks side by side are in memory as: compressed, in a dictionary, and decoded. */
  private static final int COPIES = 3;

  private final MethodHandle decoder;
  private final Optional<MethodHandle> threadedDecoder;
  private final MethodHandle code;
  private final MethodHandle memoryUsage;
  private final MethodHandle end;
  private final String version;
  private final BlockingQueue<LzmaStream> idle = new ArrayBlockingQueue<>(IDLE);

  private LibLzma(SymbolLookup symbols) {
    var library = new Functions(symbols);
    this.decoder = library.returning(JAVA_INT, "lzma_stream_decoder", ADDRESS, JAVA_LONG, JAVA_INT);
    this.threadedDecoder =
        symbols.find("lzma_stream_decoder_mt").isPresent()
            ? Optional.of(library.returning(JAVA_INT, "lzma_stream_decoder_mt", ADDRESS, ADDRESS))
            : Optional.empty();
    this.code = library.returning(JAVA_INT, "lzma_code", ADDRESS, JAVA_INT);
    this.memoryUsage = library.returning(JAVA_LONG, "lzma_memusage", ADDRESS);
    this.end = library.returningNothing("lzma_end", ADDRESS);
    this.version = version(library.returning(JAVA_INT, "lzma_version_number"));
  }

  /** Functions of a library by their names. */
  private record Functions(SymbolLookup symbols) {
    MethodHandle returning(MemoryLayout result, String name, MemoryLayout... arguments) {
      return handle(name, FunctionDescriptor.of(result, arguments));
    }

    MethodHandle returningNothing(String name, MemoryLayout... arguments) {
      return handle(name, FunctionDescriptor.ofVoid(arguments));
    }

    @SuppressWarnings("restricted")
    private MethodHandle handle(String name, FunctionDescriptor descriptor) {
      return Linker.nativeLinker().downcallHandle(symbols.find(name).orElseThrow(), descriptor);
    }
  }

  /** The library of this name or path; empty if there is none, or none with these functions. */
  @SuppressWarnings("restricted")
  static Optional<LibLzma> load(String name) {
    try {
      return Optional.of(new LibLzma(SymbolLookup.libraryLookup(name, Arena.global())));
    } catch (IllegalArgumentException | NoSuchElementException e) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "liblzma " + version;
  }

  @Override
  public InputStream open(InputStream source, DecoderLimits limits) {
    LzmaStream kept = idle.poll();
    LzmaStream stream = kept == null ? new LzmaStream(this) : kept;
    boolean isThreaded = limits.xzThreads() > 1 && threadedDecoder.isPresent();
    if (isThreaded) {
      stream.beginThreaded(limits.xzMemory(), limits.xzThreads());
    } else {
      stream.begin(limits.xzMemory());
    }
    return new LzmaDecoder(source, stream, used -> giveBack(used, isThreaded));
  }

  /** Its dictionary is written to as far as there is something to decode. */
  @Override
  public long memory(DecoderLimits limits, long size) {
    return Math.min(limits.xzMemory(), limits.xzThreads() > 1 ? COPIES * size : size);
  }

  /** Threads are not kept waiting for the next one. */
  private void giveBack(LzmaStream stream, boolean isThreaded) {
    boolean isKept =
        !isThreaded && !stream.hasFailed() && stream.memoryUsage() <= SMALL && idle.offer(stream);
    if (!isKept) {
      stream.end();
    }
  }

  /** {@code lzma_stream_decoder}. */
  int decoder(MemorySegment stream, long memoryLimit, int flags) {
    try {
      return (int) decoder.invokeExact(stream, memoryLimit, flags);
    } catch (Throwable e) {
      throw notCalled(e);
    }
  }

  /** {@code lzma_stream_decoder_mt}, of liblzma 5.4 and later. */
  int threadedDecoder(MemorySegment stream, MemorySegment options) {
    try {
      return (int) threadedDecoder.orElseThrow().invokeExact(stream, options);
    } catch (Throwable e) {
      throw notCalled(e);
    }
  }

  /** {@code lzma_code}. */
  int code(MemorySegment stream, int action) {
    try {
      return (int) code.invokeExact(stream, action);
    } catch (Throwable e) {
      throw notCalled(e);
    }
  }

  /** {@code lzma_memusage}, in bytes. */
  long memoryUsage(MemorySegment stream) {
    try {
      return (long) memoryUsage.invokeExact(stream);
    } catch (Throwable e) {
      throw notCalled(e);
    }
  }

  /** {@code lzma_end}. */
  void end(MemorySegment stream) {
    try {
      end.invokeExact(stream);
    } catch (Throwable e) {
      throw notCalled(e);
    }
  }

  /** 50080042 is 5.8.4, stable. */
  private static String version(MethodHandle function) {
    try {
      int number = (int) function.invokeExact();
      return "%d.%d.%d".formatted(number / 10_000_000, number / 10_000 % 1000, number / 10 % 1000);
    } catch (Throwable e) {
      throw notCalled(e);
    }
  }

  /** C functions throw nothing: the call itself was wrong. */
  private static IllegalStateException notCalled(Throwable e) {
    return new IllegalStateException("calling liblzma", e);
  }
}
