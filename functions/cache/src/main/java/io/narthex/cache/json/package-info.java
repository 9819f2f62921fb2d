/** JSON of our own objects, read field by field so that an error names the field. */
@NullMarked
package io.narthex.cache.json;

import org.jspecify.annotations.NullMarked;
