/** The report on a store path: what was found for which versions under which settings. */
@NullMarked
package io.narthex.cache.report;

import org.jspecify.annotations.NullMarked;
