/** What was found: findings, outcomes of checks, verdicts, and the tag that carries a verdict. */
@NullMarked
package io.narthex.cache.verdict;

import org.jspecify.annotations.NullMarked;
