/**
 * The HTTP front of the laptop host: real HTTP on one side, API Gateway's events of payload format
 * 2.0 on the other, and nothing between that an HTTP API does not do.
 */
@NullMarked
package io.narthex.local.http;

import org.jspecify.annotations.NullMarked;
