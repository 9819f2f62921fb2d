/** What Lambda gives a handler besides its event. */
@NullMarked
package io.narthex.local.lambda;

import org.jspecify.annotations.NullMarked;
