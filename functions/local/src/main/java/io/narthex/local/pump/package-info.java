/** From a queue into a function, as an SQS event-source mapping does it. */
@NullMarked
package io.narthex.local.pump;

import org.jspecify.annotations.NullMarked;
