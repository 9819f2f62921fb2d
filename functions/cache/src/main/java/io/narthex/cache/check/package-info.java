/** The checks, one class each: pure functions of what was read. */
@NullMarked
package io.narthex.cache.check;

import org.jspecify.annotations.NullMarked;
