/** How bytes are spelled in the text formats of Nix, and how foreign text is quoted in messages. */
@NullMarked
package io.narthex.nix.text;

import org.jspecify.annotations.NullMarked;
