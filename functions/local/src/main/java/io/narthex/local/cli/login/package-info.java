/** Credentials for a cache, got from others that the user has, and put where Nix finds them. */
@NullMarked
package io.narthex.local.cli.login;

import org.jspecify.annotations.NullMarked;
