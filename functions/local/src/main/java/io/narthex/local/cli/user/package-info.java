/** {@code narthex user}: the IAM users of the laptop host. */
@NullMarked
package io.narthex.local.cli.user;

import org.jspecify.annotations.NullMarked;
