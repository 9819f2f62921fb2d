/** The Nix archive format: a streaming reader, a writer, listings and what is found inside. */
@NullMarked
package io.narthex.nix.nar;

import org.jspecify.annotations.NullMarked;
