/** Who sent a request: AWS Signature Version 4 in headers and in presigned URLs. */
@NullMarked
package io.narthex.local.s3.auth;

import org.jspecify.annotations.NullMarked;
