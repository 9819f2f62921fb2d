/**
 * An S3-compatible store that is not ours: what it can do, how the functions get along where it can
 * not, and how it tells of uploads.
 */
@NullMarked
package io.narthex.local.endpoint;

import org.jspecify.annotations.NullMarked;
