/** The S3 endpoint of the laptop host: what of S3 it has is in {@code docs/embedded-s3.md}. */
@NullMarked
package io.narthex.local.s3;

import org.jspecify.annotations.NullMarked;
