/** Reading the narinfos of the cache bucket. */
@NullMarked
package io.narthex.cache.narinfo;

import org.jspecify.annotations.NullMarked;
