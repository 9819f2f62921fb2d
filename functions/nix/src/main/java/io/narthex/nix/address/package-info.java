/** Content addresses and the store paths that follow from them. */
@NullMarked
package io.narthex.nix.address;

import org.jspecify.annotations.NullMarked;
