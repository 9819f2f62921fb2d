package io.narthex.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * The version of the policy language that a document is written in.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html">Version</a>
 */
public enum PolicyVersion {
  /** Also meant by a document without a version; {@code ${…}} is literal text. */
  V2008_10_17("2008-10-17"),
  /** With policy variables. */
  V2012_10_17("2012-10-17");

  private final String date;

  PolicyVersion(String date) {
    this.date = date;
  }

  /** The version with this date; empty for a date that is none. */
  static Optional<PolicyVersion> dated(String date) {
    return Arrays.stream(values()).filter(v -> v.date.equals(date)).findFirst();
  }

  /** Whether texts of this version may hold policy variables. */
  boolean hasVariables() {
    return this == V2012_10_17;
  }

  /** The date as the document spells it. */
  @Override
  public String toString() {
    return date;
  }
}
