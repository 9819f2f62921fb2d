/** Messages in and out: what a queue delivers, what its bodies mean, what we send. */
@NullMarked
package io.narthex.aws.sqs;

import org.jspecify.annotations.NullMarked;
