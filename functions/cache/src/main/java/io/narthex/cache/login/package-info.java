/** Logging in: what a caller of AWS or the holder of an OIDC token shows, and the token it gets. */
@NullMarked
package io.narthex.cache.login;

import org.jspecify.annotations.NullMarked;
