/** The {@code narthex policy} commands: bucket policies are reviewed and decisions explained. */
@NullMarked
package io.narthex.local.cli.policy;

import org.jspecify.annotations.NullMarked;
