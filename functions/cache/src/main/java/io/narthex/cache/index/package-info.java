/**
 * The derived index: what the cache holds, by store hash, in shards and in a compact set. It
 * answers queries; what is served never depends on it. {@code docs/index.md} has the formats.
 */
@NullMarked
package io.narthex.cache.index;

import org.jspecify.annotations.NullMarked;
