/** Names, tags and refusals: what every part of the endpoint speaks of. */
@NullMarked
package io.narthex.local.s3.model;

import org.jspecify.annotations.NullMarked;
