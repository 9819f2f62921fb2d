package io.narthex.cache.audit;

/** What an audit says of one path. */
public enum AuditVerdict {
  /** Every check was run on all of it, and all is right. */
  VERIFIED("verified"),
  /** Something is wrong. */
  REJECTED("rejected"),
  /** Nothing is wrong and something is missing: its NAR, a signature, a reference. */
  WAITING("waiting"),
  /** It could not be read, or was not to be: neither good nor bad. */
  UNCHECKED("unchecked");

  private final String label;

  AuditVerdict(String label) {
    this.label = label;
  }

  /** As in reports, e.g. {@code verified}. */
  @Override
  public String toString() {
    return label;
  }
}
