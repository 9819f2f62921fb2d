/** Calls through an API Gateway HTTP API, payload format 2.0. */
@NullMarked
package io.narthex.aws.http;

import org.jspecify.annotations.NullMarked;
