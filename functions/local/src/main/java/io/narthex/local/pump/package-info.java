/** Carries the messages of a queue to a Lambda handler, as an SQS event source mapping does. */
@NullMarked
package io.narthex.local.pump;

import org.jspecify.annotations.NullMarked;
