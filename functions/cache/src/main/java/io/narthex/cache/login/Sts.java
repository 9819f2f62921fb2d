package io.narthex.cache.login;

/** Asks AWS's Security Token Service whose credentials signed a request. */
@FunctionalInterface
public interface Sts {
  /**
   * Sends a request once, to its own address and no other: a redirect is not followed.
   *
   * @param audience of the header that is signed too
   * @throws StsUnavailableException if there is no answer, or one that says nothing of the caller
   */
  StsAnswer getCallerIdentity(CallerIdentityUrl url, Audience audience);
}
