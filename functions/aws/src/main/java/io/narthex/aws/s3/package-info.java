/** The object-store port on S3. */
@NullMarked
package io.narthex.aws.s3;

import org.jspecify.annotations.NullMarked;
