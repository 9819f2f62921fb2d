/** The laptop host. */
@NullMarked
package io.narthex.local;

import org.jspecify.annotations.NullMarked;
