/**
 * A generated cache in which defects are planted, as plain files: what verifies it has no part in
 * making it.
 */
@NullMarked
package io.narthex.testkit.planted;

import org.jspecify.annotations.NullMarked;
