package io.narthex.cache.principal;

/** Hears when {@code principals.json} cannot be used, so that somebody repairs it. */
@FunctionalInterface
public interface PrincipalsAlarm {
  /** It is not understood, and nobody is let in by it. */
  void notUnderstood(String reason);
}
