/** What is trusted and demanded: one object in the state bucket. */
@NullMarked
package io.narthex.cache.settings;

import org.jspecify.annotations.NullMarked;
