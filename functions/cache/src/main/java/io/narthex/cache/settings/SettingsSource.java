package io.narthex.cache.settings;

/** Where the settings come from, at the moment they are needed. */
@FunctionalInterface
public interface SettingsSource {
  /**
   * The settings in force.
   *
   * @throws io.narthex.cache.store.StoreException if they cannot be read: then nothing is judged
   */
  Settings current();
}
