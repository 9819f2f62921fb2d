/** How far a command is, shown to whoever waits for it. */
@NullMarked
package io.narthex.local.cli.progress;

import org.jspecify.annotations.NullMarked;
