/**
 * Targets for Jazzer: each feeds the same bytes to readers of one kind. What a reader declares is
 * an answer; everything else that it throws is a finding, as is a lack of memory or of an end.
 */
@NullMarked
package io.narthex.fuzz;

import org.jspecify.annotations.NullMarked;
