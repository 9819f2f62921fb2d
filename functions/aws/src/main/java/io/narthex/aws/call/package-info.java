/** Calls of AWS for which the SDK has a module that is not worth its megabytes. */
@NullMarked
package io.narthex.aws.call;

import org.jspecify.annotations.NullMarked;
