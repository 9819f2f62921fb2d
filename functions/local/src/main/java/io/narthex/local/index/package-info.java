/** Work on the index of a cache that this process does, and what is known of it meanwhile. */
@NullMarked
package io.narthex.local.index;

import org.jspecify.annotations.NullMarked;
