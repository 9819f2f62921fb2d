/** Ed25519 signatures over fingerprints, and the keys that make and check them. */
@NullMarked
package io.narthex.nix.signature;

import org.jspecify.annotations.NullMarked;
