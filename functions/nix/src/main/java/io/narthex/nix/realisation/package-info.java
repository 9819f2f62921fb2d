/** Realisations of content-addressed derivations, in both formats that Nix has used. */
@NullMarked
package io.narthex.nix.realisation;

import org.jspecify.annotations.NullMarked;
