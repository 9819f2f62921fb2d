package io.narthex.cache.read;

/**
 * Told when the bucket policy lets nobody read because there is none or it does not parse, or when
 * a statement of it is not understood, which never allows and always denies: someone has to look.
 */
@FunctionalInterface
public interface PolicyAlarm {
  /** Says why, once each time the policy is read. */
  void notUnderstood(String reason);
}
