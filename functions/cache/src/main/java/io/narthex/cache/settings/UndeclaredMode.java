package io.narthex.cache.settings;

/**
 * What is done about a store path that occurs in an archive and is not among its references. {@code
 * unsafeDiscardReferences} makes such archives on purpose.
 */
public enum UndeclaredMode {
  /** A warning in the report. */
  WARN,
  /** The path is rejected. */
  REJECT
}
