/** Benchmarks; never shipped. */
@NullMarked
package io.narthex.bench;

import org.jspecify.annotations.NullMarked;
