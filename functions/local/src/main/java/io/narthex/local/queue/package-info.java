/** A queue on disk with the semantics of SQS. */
@NullMarked
package io.narthex.local.queue;

import org.jspecify.annotations.NullMarked;
