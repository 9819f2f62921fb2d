/** Events on Amazon EventBridge. */
@NullMarked
package io.narthex.aws.events;

import org.jspecify.annotations.NullMarked;
