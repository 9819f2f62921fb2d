/** S3 bucket policies: parse and evaluate, closed by default. */
@NullMarked
package io.narthex.policy;

import org.jspecify.annotations.NullMarked;
