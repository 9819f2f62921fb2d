/** What a caller may do: operations, IAM actions, bucket policies. */
@NullMarked
package io.narthex.local.s3.access;

import org.jspecify.annotations.NullMarked;
