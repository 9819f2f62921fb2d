/** The index at sizes that no disk here holds as files. */
@NullMarked
package io.narthex.bench.index;

import org.jspecify.annotations.NullMarked;
