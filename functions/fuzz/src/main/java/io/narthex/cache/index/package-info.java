/** A target that needs the index's own readers. */
@NullMarked
package io.narthex.cache.index;

import org.jspecify.annotations.NullMarked;
