/** The keys of OIDC issuers, and what they signed. */
@NullMarked
package io.narthex.aws.oidc;

import org.jspecify.annotations.NullMarked;
