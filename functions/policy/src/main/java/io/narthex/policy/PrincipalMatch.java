package io.narthex.policy;

/** How a statement's principals match a caller, weakest first. */
enum PrincipalMatch {
  NONE,
  /** It cannot be told. */
  INDETERMINATE,
  /** Only the caller's account is named: an Allow delegates to the account's own policies. */
  ACCOUNT,
  /** The caller itself is named, or everyone is. */
  DIRECT;

  Truth truth() {
    return switch (this) {
      case NONE -> Truth.FALSE;
      case INDETERMINATE -> Truth.INDETERMINATE;
      case ACCOUNT, DIRECT -> Truth.TRUE;
    };
  }
}
