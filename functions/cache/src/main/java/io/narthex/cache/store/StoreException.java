package io.narthex.cache.store;

/**
 * The store did not do what it was asked, and whether it will next time is unknown: throttled,
 * unreachable, refused. It says nothing about any object, so it never becomes a verdict; it leaves
 * the handler, and the platform retries the record.
 */
public class StoreException extends RuntimeException {
  public StoreException(String operation, Throwable cause) {
    super(operation + ": " + cause.getMessage(), cause);
  }

  public StoreException(String operation) {
    super(operation);
  }
}
