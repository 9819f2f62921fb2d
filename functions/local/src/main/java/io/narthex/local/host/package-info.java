/**
 * The laptop host: the same functions on the same events, around an embedded S3 endpoint or another
 * store.
 */
@NullMarked
package io.narthex.local.host;

import org.jspecify.annotations.NullMarked;
