/** Compression of NARs: strict, bounded, streaming. */
@NullMarked
package io.narthex.nix.codec;

import org.jspecify.annotations.NullMarked;
