/** Configuration from environment variables. */
@NullMarked
package io.narthex.aws.env;

import org.jspecify.annotations.NullMarked;
