/** What functions log: lines of JSON, with metrics in them. */
@NullMarked
package io.narthex.aws.log;

import org.jspecify.annotations.NullMarked;
