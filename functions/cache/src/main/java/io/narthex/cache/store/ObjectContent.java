package io.narthex.cache.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * An object being read: its description and its bytes, both of the same version. Closing it before
 * the end of the bytes gives up the transfer.
 */
public final class ObjectContent implements AutoCloseable {
  private final StoredObject object;
  private final InputStream bytes;

  public ObjectContent(StoredObject object, InputStream bytes) {
    this.object = requireNonNull(object, "object is null");
    this.bytes = requireNonNull(bytes, "bytes is null");
  }

  /** The version that is being read. */
  public StoredObject object() {
    return object;
  }

  /**
   * The bytes, once; an {@link IOException} from it is a failure of the store, never of the data.
   */
  public InputStream bytes() {
    return bytes;
  }

  /**
   * All bytes of a small object.
   *
   * @throws StoreException if the transfer fails
   */
  public byte[] readAll() {
    try (bytes) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new StoreException("reading " + object.key(), e);
    }
  }

  /** A part of the bytes; what comes before it is passed over. */
  byte[] read(long from, int length) {
    try (bytes) {
      long passed = 0;
      while (passed < from) {
        long skipped = bytes.skip(from - passed);
        if (skipped == 0 && bytes.read() < 0) {
          return new byte[0];
        }
        passed += Math.max(skipped, 1);
      }
      return bytes.readNBytes(length);
    } catch (IOException e) {
      throw new StoreException("reading " + object.key(), e);
    }
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
