/** The nix-cache-info file. */
@NullMarked
package io.narthex.nix.cacheinfo;

import org.jspecify.annotations.NullMarked;
