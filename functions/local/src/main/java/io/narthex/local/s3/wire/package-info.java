/** HTTP: routes, the calls the endpoint answers itself, error documents. */
@NullMarked
package io.narthex.local.s3.wire;

import org.jspecify.annotations.NullMarked;
