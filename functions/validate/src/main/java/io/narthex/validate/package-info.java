/** The function that verifies what was uploaded. */
@NullMarked
package io.narthex.validate;

import org.jspecify.annotations.NullMarked;
