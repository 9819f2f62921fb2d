/** AWS's Security Token Service: signing a request to it, and sending one that somebody signed. */
@NullMarked
package io.narthex.aws.sts;

import org.jspecify.annotations.NullMarked;
