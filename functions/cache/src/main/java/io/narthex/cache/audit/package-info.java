/**
 * Verifies a whole cache that already exists, by the same checks as an upload: every narinfo, and
 * every NAR once. What it knows of paths lies in a scratch place and not on the heap.
 */
@NullMarked
package io.narthex.cache.audit;

import org.jspecify.annotations.NullMarked;
