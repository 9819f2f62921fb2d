package io.narthex.cache.read;

/**
 * What callers are told in words. Of what is absent and of what is hidden from them they hear the
 * same.
 */
final class Reasons {
  static final String NO_INDEX = "the index of this cache has not been built yet";

  private Reasons() {}

  static String absent(Caller caller) {
    return caller.isAnonymous()
        ? "nothing here that is open to everyone (no credentials were sent: if you have some for"
            + " this host, see the netrc-file of Nix)"
        : "nothing here that you may read";
  }

  static String forbidden(Caller caller) {
    return caller.isAnonymous()
        ? "the bucket policy does not let everyone read this (no credentials were sent: if you have"
            + " some for this host, see the netrc-file of Nix)"
        : "the bucket policy does not let you read this";
  }
}
