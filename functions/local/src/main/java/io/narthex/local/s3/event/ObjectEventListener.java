package io.narthex.local.s3.event;

/** Takes the events of the embedded endpoint. */
@FunctionalInterface
public interface ObjectEventListener {
  /**
   * Called after the change is visible, before it is acknowledged to the client, while the key is
   * locked: it must be quick, must not call the endpoint, and must have put the event somewhere
   * durable when it returns. An exception fails the request with status 500, and the event is given
   * again when the endpoint next starts.
   */
  void onEvent(ObjectEvent event);
}
