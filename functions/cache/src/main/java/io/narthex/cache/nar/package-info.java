/** What is known of a NAR from reading it once. */
@NullMarked
package io.narthex.cache.nar;

import org.jspecify.annotations.NullMarked;
