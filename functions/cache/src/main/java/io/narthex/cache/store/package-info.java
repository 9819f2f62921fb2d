/** The object-store port: what the domain needs of S3, in words. */
@NullMarked
package io.narthex.cache.store;

import org.jspecify.annotations.NullMarked;
