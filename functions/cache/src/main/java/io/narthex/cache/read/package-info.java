/** Reads: who may have what, and what is answered. */
@NullMarked
package io.narthex.cache.read;

import org.jspecify.annotations.NullMarked;
