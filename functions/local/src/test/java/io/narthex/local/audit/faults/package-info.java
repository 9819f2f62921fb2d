/** A server of a cache that answers badly now and then, by HTTP and as S3 does. */
@NullMarked
package io.narthex.local.audit.faults;

import org.jspecify.annotations.NullMarked;
