package io.narthex.policy;

/** What becomes of a statement of which it is not known whether it applies. */
enum Doubt {
  /** A Deny denies, an Allow does not allow. */
  REFUSES,
  /** A Deny does not deny, an Allow allows. */
  ALLOWS;

  boolean applies(Effect effect, Truth truth) {
    return switch (truth) {
      case TRUE -> true;
      case FALSE -> false;
      case INDETERMINATE ->
          switch (effect) {
            case DENY -> this == REFUSES;
            case ALLOW -> this == ALLOWS;
          };
    };
  }
}
