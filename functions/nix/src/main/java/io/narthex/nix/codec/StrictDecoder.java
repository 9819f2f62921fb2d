package io.narthex.nix.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A library's decoder held to our contract: whatever it throws because of the bytes, checked or
 * not, becomes a {@link CorruptStreamException}; what the source threw passes unchanged; the end is
 * only believed where the source ends too.
 */
final class StrictDecoder extends InputStream {
  private final Compression compression;
  private final SourceStream source;
  private final DecoderFactory factory;
  private @Nullable InputStream decoder;
  private boolean ended;

  /** No library is called again after it has failed. */
  private Optional<CorruptStreamException> failure = Optional.empty();

  StrictDecoder(Compression compression, InputStream source, DecoderFactory factory) {
    this.compression = compression;
    this.source = new SourceStream(source);
    this.factory = factory;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (ended) {
      return -1;
    }
    int count = guardedRead(into, offset, length);
    if (count < 0) {
      checkEnd();
      ended = true;
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    if (decoder != null) {
      decoder.close();
    }
  }

  private int guardedRead(byte[] into, int offset, int length) throws IOException {
    try {
      return decoder().read(into, offset, length);
    } catch (IOException | RuntimeException e) {
      source.rethrowFailure();
      throw fail(corrupt(e));
    }
  }

  private InputStream decoder() throws IOException {
    InputStream open = decoder;
    if (open == null) {
      open = factory.open(source);
      decoder = open;
    }
    return open;
  }

  private void checkEnd() throws IOException {
    source.rethrowFailure();
    if (source.isEmpty()) {
      throw fail(new CorruptStreamException(compression, "no bytes"));
    }
    if (source.read() >= 0) {
      throw fail(new CorruptStreamException(compression, "bytes after the end of the stream"));
    }
  }

  private CorruptStreamException fail(CorruptStreamException e) {
    failure = Optional.of(e);
    return e;
  }

  private CorruptStreamException corrupt(Exception e) {
    if (e instanceof CorruptStreamException corrupt) {
      return corrupt;
    }
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new CorruptStreamException(compression, message, e);
  }
}
