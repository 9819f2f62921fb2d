/** The function that keeps the index. */
@NullMarked
package io.narthex.index;

import org.jspecify.annotations.NullMarked;
