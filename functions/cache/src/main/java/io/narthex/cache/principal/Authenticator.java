package io.narthex.cache.principal;

import java.util.Optional;

/** Tells who a caller is by the credentials it sent. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Looks at the {@code Authorization} header as the front hands it on: several in one request are
   * one value, with commas, which no good one has.
   *
   * @throws io.narthex.cache.store.StoreException if what is needed to tell could not be read
   */
  Authentication authenticate(Optional<String> authorization);
}
