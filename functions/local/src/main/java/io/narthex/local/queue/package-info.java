/** A queue on disk that behaves as an Amazon SQS standard queue does. */
@NullMarked
package io.narthex.local.queue;

import org.jspecify.annotations.NullMarked;
