/** Store directories, store paths and their parts. */
@NullMarked
package io.narthex.nix.path;

import org.jspecify.annotations.NullMarked;
