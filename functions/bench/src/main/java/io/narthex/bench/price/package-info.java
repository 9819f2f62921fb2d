/** What a deployed cache costs a month, from list prices. */
@NullMarked
package io.narthex.bench.price;

import org.jspecify.annotations.NullMarked;
