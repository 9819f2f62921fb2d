package io.narthex.cache.store;

/**
 * S3 does not let us have the object: by a policy, or because of the key that it is encrypted with.
 * That may be of the object or of all of them, and may change, so it becomes no verdict.
 */
public final class DeniedObjectException extends StoreException {
  private static final long serialVersionUID = 1L;

  public DeniedObjectException(String operation, Throwable cause) {
    super(operation, cause);
  }

  public DeniedObjectException(String operation) {
    super(operation);
  }
}
