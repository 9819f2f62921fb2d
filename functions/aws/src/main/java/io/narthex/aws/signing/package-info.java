/** The cache's own key, in AWS Secrets Manager or AWS KMS. */
@NullMarked
package io.narthex.aws.signing;

import org.jspecify.annotations.NullMarked;
