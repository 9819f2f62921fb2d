package io.narthex.cache.principal;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;

/** What is kept under the key of a token is none: somebody else wrote it. It opens nothing. */
public final class MalformedTokenException extends StoreException {
  MalformedTokenException(ObjectKey key, Throwable cause) {
    super("reading " + key, cause);
  }
}
