package io.narthex.cache.principal;

/** The principals that are known now. */
@FunctionalInterface
public interface PrincipalSettingsSource {
  /**
   * As they are now, or were within the last minute.
   *
   * @throws io.narthex.cache.store.StoreException if they could not be read
   */
  PrincipalSettings current();
}
