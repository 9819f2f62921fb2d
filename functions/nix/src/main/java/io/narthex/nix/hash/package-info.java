/** Hashes in every spelling that Nix reads and writes. */
@NullMarked
package io.narthex.nix.hash;

import org.jspecify.annotations.NullMarked;
