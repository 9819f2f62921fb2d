/** The narinfo: what a binary cache says about one store path. */
@NullMarked
package io.narthex.nix.narinfo;

import org.jspecify.annotations.NullMarked;
