/** {@code narthex index}: what the index says of itself, its rebuild and its check. */
@NullMarked
package io.narthex.local.cli.index;

import org.jspecify.annotations.NullMarked;
