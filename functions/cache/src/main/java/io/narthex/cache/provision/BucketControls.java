package io.narthex.cache.provision;

/** A bucket that was there before us: how it is set up, and whether it tells of its events. */
public interface BucketControls {
  /**
   * How it is set up.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be asked, or is not there
   */
  BucketSetup setup();

  /**
   * Whether its events go to EventBridge; not, if the bucket is gone.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be asked
   */
  boolean isEventBridgeOn();

  /**
   * Sends its events to EventBridge from now on, or no more. Notifications to others stay as they
   * are. Nothing else may change them at the same time: S3 has no condition for it.
   *
   * @throws io.narthex.cache.store.StoreException if that failed
   */
  void eventBridge(boolean on);
}
