/** Store paths as commands are given them: typed, listed, or with what Nix says of them. */
@NullMarked
package io.narthex.local.cli.paths;

import org.jspecify.annotations.NullMarked;
