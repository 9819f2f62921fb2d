package io.narthex.cache.settings;

/** What is done about a path whose references are not all admitted. */
public enum ClosureMode {
  /** It waits for them. */
  STRICT,
  /** It is admitted with a warning. */
  WARN
}
