package io.narthex.cache.store;

/**
 * The object is there and its bytes cannot be had as it is: archived, encrypted with a key that
 * only its uploader has, or not what they should be. Asking again gives the same answer, so unlike
 * other failures it says something about the object.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject:
 *     InvalidObjectState, and server-side encryption with customer-provided keys</a>
 */
public final class UnreadableObjectException extends StoreException {
  public UnreadableObjectException(String operation, Throwable cause) {
    super(operation, cause);
  }

  public UnreadableObjectException(String operation) {
    super(operation);
  }
}
