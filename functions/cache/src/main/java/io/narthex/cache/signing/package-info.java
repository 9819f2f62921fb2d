/** The cache's own signature on what it has verified. */
@NullMarked
package io.narthex.cache.signing;

import org.jspecify.annotations.NullMarked;
