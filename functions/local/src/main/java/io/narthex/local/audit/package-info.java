/** Where audited caches are, and where an audit keeps what it knows: directories, S3, HTTP. */
@NullMarked
package io.narthex.local.audit;

import org.jspecify.annotations.NullMarked;
