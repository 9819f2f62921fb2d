/** How figures are written for people. */
@NullMarked
package io.narthex.local.text;

import org.jspecify.annotations.NullMarked;
