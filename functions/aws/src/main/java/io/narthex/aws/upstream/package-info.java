/** Other binary caches, over HTTP. */
@NullMarked
package io.narthex.aws.upstream;

import org.jspecify.annotations.NullMarked;
