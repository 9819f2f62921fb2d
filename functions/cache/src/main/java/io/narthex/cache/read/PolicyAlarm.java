package io.narthex.cache.read;

/**
 * Told when the bucket policy lets nobody read because there is none, or it cannot be read or
 * parsed; when a statement of it is not understood, which never allows and always denies; when
 * Block Public Access cannot be read, and counts as on; or when the settings about principals are
 * not understood: someone has to look.
 */
@FunctionalInterface
public interface PolicyAlarm {
  /** Says why, once each time the policy is read. */
  void notUnderstood(String reason);
}
