/** What an administrator has taken back: store paths and public keys, each with a reason. */
@NullMarked
package io.narthex.cache.revocation;

import org.jspecify.annotations.NullMarked;
