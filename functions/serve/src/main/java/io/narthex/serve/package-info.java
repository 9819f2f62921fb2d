/** The function that answers reads. */
@NullMarked
package io.narthex.serve;

import org.jspecify.annotations.NullMarked;
