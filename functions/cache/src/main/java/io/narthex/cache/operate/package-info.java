/**
 * What people ask of a running cache: what is known of a path, how many stand how, to take one
 * back. The laptop host and the command line that works on a deployed stack do it by these.
 */
@NullMarked
package io.narthex.cache.operate;

import org.jspecify.annotations.NullMarked;
