/** Versions, tags and conditional writes over a directory of plain files. */
@NullMarked
package io.narthex.local.s3.store;

import org.jspecify.annotations.NullMarked;
