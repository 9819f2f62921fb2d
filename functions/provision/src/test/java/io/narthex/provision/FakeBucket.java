package io.narthex.provision;

import io.narthex.cache.provision.BucketControls;
import io.narthex.cache.provision.BucketSetup;
import io.narthex.cache.store.StoreException;

/** A bucket that was there before, as a test says. */
final class FakeBucket implements BucketControls {
  static final BucketSetup FIT =
      new BucketSetup("eu-west-2", true, "BucketOwnerEnforced", "AES256");

  private BucketSetup setup = FIT;
  private boolean eventBridge;
  private boolean denies;

  void isSetUp(BucketSetup changed) {
    setup = changed;
  }

  void denies() {
    denies = true;
  }

  @Override
  public BucketSetup setup() {
    return asked(setup);
  }

  @Override
  public boolean isEventBridgeOn() {
    return asked(eventBridge);
  }

  @Override
  public void eventBridge(boolean on) {
    eventBridge = asked(on);
  }

  private <T> T asked(T answer) {
    if (denies) {
      throw new StoreException("GetBucketLocation old-cache");
    }
    return answer;
  }
}
