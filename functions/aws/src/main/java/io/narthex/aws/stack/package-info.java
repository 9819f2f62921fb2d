/** A deployed stack as the command line reaches it, with the caller's own credentials. */
@NullMarked
package io.narthex.aws.stack;

import org.jspecify.annotations.NullMarked;
