package io.narthex.local.host;

import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Denial;

/** Whom the cache URL refused, and why, as one line for people; never a part of a credential. */
final class RefusalText {
  private RefusalText() {}

  static String of(Denial denial) {
    return printable(
        "%s  %s %s  %s"
            .formatted(denial.principal(), denial.action(), denial.key(), because(denial)));
  }

  static String of(Refused refused) {
    return printable("bad credentials: " + refused.reason());
  }

  private static String because(Denial denial) {
    return switch (denial.kind()) {
      case EXPLICIT_DENY ->
          denial.sid().map(sid -> "by statement " + sid).orElse("by a statement without a Sid");
      case IMPLICIT_DENY -> "no statement allows it";
      case NO_POLICY -> "there is no bucket policy that can be understood";
      case PUBLIC_ACCESS_BLOCKED -> "Block Public Access is on";
      case UNKNOWN_ACCOUNT -> "principals.json does not name the account";
    };
  }

  /** Without what could begin a line of its own or command a terminal: callers write some of it. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
