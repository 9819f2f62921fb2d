package io.narthex.local.cli;

import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenId;
import java.net.URI;
import java.util.Optional;

/** Who is let in at the door of a cache that the caller may operate. */
interface CallerDesk {
  /** Where clients read. */
  URI url();

  /** Makes a token; what it cannot be is said in a {@link CannotException}. */
  NetrcLogin createToken(TokenGrant grant);

  /** All tokens, in JSON. */
  String listTokens();

  /**
   * Takes a token back for good.
   *
   * @return false if there is none, or that was done before
   */
  boolean revokeToken(TokenId id);

  /** The text of {@code principals.json}; empty if there is none. */
  Optional<String> principals();

  /** Replaces {@code principals.json}; everything wrong with it is said and nothing changed. */
  void setPrincipals(String json);
}
