package io.narthex.cache.read;

/** For whom an answer is good, besides the caller that it was made for. */
enum Cacheability {
  /**
   * Everyone, from wherever and whenever they ask: a cache in front of us may hand it on. Its copy
   * outlives a change of the policy by as long as ours of the policy does.
   */
  EVERYONE("public, max-age=60"),
  /** Nobody else. */
  CALLER("private, max-age=60");

  private final String cacheControl;

  Cacheability(String cacheControl) {
    this.cacheControl = cacheControl;
  }

  /** The value of {@code Cache-Control}. */
  String cacheControl() {
    return cacheControl;
  }
}
