/** What must be in the buckets before the first upload. */
@NullMarked
package io.narthex.cache.provision;

import org.jspecify.annotations.NullMarked;
