package io.narthex.local.cli.login;

import static java.util.Objects.requireNonNull;

/**
 * A word of a netrc file.
 *
 * @param start of its first character, a quote included
 * @param end behind its last
 * @param value without quotes and escapes
 */
record NetrcToken(int start, int end, String value) {
  NetrcToken {
    requireNonNull(value, "value is null");
  }

  /** Keywords may be in any case, and so may hosts. */
  boolean is(String word) {
    return value.equalsIgnoreCase(word);
  }
}
