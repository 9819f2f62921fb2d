/** {@code narthex audit}. */
@NullMarked
package io.narthex.local.cli.audit;

import org.jspecify.annotations.NullMarked;
