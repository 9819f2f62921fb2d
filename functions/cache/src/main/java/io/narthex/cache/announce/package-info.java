/** What others are told of verdicts. */
@NullMarked
package io.narthex.cache.announce;

import org.jspecify.annotations.NullMarked;
