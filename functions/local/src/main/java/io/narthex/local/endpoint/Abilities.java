package io.narthex.local.endpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * What a store can do of what the functions can get along without. Versions and tags are not among
 * it: a verdict is a tag on a version.
 *
 * @param cacheConditions whether a write to the cache bucket holds to its condition
 * @param stateConditions the same of the state bucket
 * @param policies whether it says what the bucket policy is
 */
record Abilities(boolean cacheConditions, boolean stateConditions, boolean policies) {
  /**
   * What is lost for want of an ability, one text each; none on a store that has them all.
   *
   * @param hasPolicyFile whether nobody needs the store's own policy
   */
  List<String> losses(boolean hasPolicyFile) {
    var losses = new ArrayList<String>();
    if (!cacheConditions) {
      losses.add(
          "No conditional writes in the cache bucket: run this one process only. What it writes"
              + " there itself may hide an upload of the same key in the same moment; push it"
              + " again then.");
    }
    if (!stateConditions) {
      losses.add(
          "No conditional writes in the state bucket: run this one process only. A second one"
              + " would overwrite reports.");
    }
    if (!policies && !hasPolicyFile) {
      losses.add(
          "The store does not say what its bucket policy is: without --policy nobody may read by"
              + " the cache URL.");
    }
    return List.copyOf(losses);
  }
}
