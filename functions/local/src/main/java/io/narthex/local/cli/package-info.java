/** The narthex command line. */
@NullMarked
package io.narthex.local.cli;

import org.jspecify.annotations.NullMarked;
