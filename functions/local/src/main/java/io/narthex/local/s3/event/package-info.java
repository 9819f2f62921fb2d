/** What the embedded endpoint tells its listener after each change of an object. */
@NullMarked
package io.narthex.local.s3.event;

import org.jspecify.annotations.NullMarked;
