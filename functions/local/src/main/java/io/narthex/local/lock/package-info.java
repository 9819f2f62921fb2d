/** One process at a time. */
@NullMarked
package io.narthex.local.lock;

import org.jspecify.annotations.NullMarked;
