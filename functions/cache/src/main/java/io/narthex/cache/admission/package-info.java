/**
 * How an upload is admitted: look at the present state of a key, judge it, make everything agree.
 */
@NullMarked
package io.narthex.cache.admission;

import org.jspecify.annotations.NullMarked;
