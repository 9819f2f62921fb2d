/** A target that needs both xz libraries at once. */
@NullMarked
package io.narthex.nix.codec;

import org.jspecify.annotations.NullMarked;
