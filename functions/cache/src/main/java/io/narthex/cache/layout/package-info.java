/** Where everything lies in the two buckets: the one place that knows keys. */
@NullMarked
package io.narthex.cache.layout;

import org.jspecify.annotations.NullMarked;
