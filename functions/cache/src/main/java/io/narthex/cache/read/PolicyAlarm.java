package io.narthex.cache.read;

/** Told when nobody can read because of the bucket policy itself: someone has to look at it. */
@FunctionalInterface
public interface PolicyAlarm {
  /** Says why, once each time the policy is read. */
  void unusable(String reason);
}
