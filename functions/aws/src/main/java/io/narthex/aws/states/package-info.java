/** State machines of Step Functions. */
@NullMarked
package io.narthex.aws.states;

import org.jspecify.annotations.NullMarked;
