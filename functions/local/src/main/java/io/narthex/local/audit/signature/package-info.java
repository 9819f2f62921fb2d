/** Ed25519 for many signatures by few keys. */
@NullMarked
package io.narthex.local.audit.signature;

import org.jspecify.annotations.NullMarked;
