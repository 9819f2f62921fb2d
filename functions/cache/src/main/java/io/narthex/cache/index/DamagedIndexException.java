package io.narthex.cache.index;

import io.narthex.cache.store.StoreException;

/** An object of the index is not what it should be, or has gone: asking again does not help. */
final class DamagedIndexException extends StoreException {
  private static final long serialVersionUID = 1L;

  DamagedIndexException(String what) {
    super(what);
  }

  DamagedIndexException(String operation, Throwable cause) {
    super(operation, cause);
  }
}
