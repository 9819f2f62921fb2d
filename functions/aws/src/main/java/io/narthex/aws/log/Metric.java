package io.narthex.aws.log;

/**
 * What the functions measure, each under its name in CloudWatch and in the line that it is
 * extracted from. There is no dimension but the stack, which is in the namespace: every further one
 * would be another metric to pay for.
 */
public enum Metric {
  /** Store paths and other objects that were verified. */
  VERIFIED("Verified", "Count"),
  /** Those that began to wait for something. */
  WAITING("Waiting", "Count"),
  /** Those that did not verify and were taken out of view. */
  REJECTED("Rejected", "Count"),
  /** Store paths that began to wait for an audit: there is not the time to read their NARs. */
  NEEDS_AUDIT("NeedsAudit", "Count"),
  /** Messages that failed and come again. */
  FAILED("Failed", "Count"),
  /** Bytes read of the cache bucket to judge what is in it. */
  BYTES_READ("BytesRead", "Bytes"),
  /** Seconds for every 1,000,000 of those bytes, of looks that read at least that many. */
  SECONDS_PER_MEGABYTE("SecondsPerMegabyte", "None"),
  /** Reads that the bucket policy does not allow. */
  POLICY_DENIALS("PolicyDenials", "Count"),
  /** Times that the bucket policy was read and is missing, or not understood in every part. */
  POLICY_NOT_UNDERSTOOD("PolicyNotUnderstood", "Count"),
  /** Paths of which the index says what is not so, as a check found. */
  INDEX_DRIFT("IndexDrift", "Count");

  private final String label;
  private final String unit;

  Metric(String label, String unit) {
    this.label = label;
    this.unit = unit;
  }

  /** As CloudWatch knows it. */
  public String label() {
    return label;
  }

  /** One of CloudWatch's units. */
  String unit() {
    return unit;
  }
}
