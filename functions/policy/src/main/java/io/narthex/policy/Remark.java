package io.narthex.policy;

import static java.util.Objects.requireNonNull;

/**
 * Something to say about a policy before it is put to a bucket.
 *
 * @param kind how bad it is
 * @param where the path of the element, e.g. {@code Statement[2].Condition.StringEquals.aws:x};
 *     empty for the whole document
 * @param message in words; of what is rejected, S3's own where it is known
 */
public record Remark(Kind kind, String where, String message) {
  public Remark {
    requireNonNull(kind, "kind is null");
    requireNonNull(where, "where is null");
    requireNonNull(message, "message is null");
  }

  /** How bad it is, worst first. */
  public enum Kind {
    /** PutBucketPolicy refuses the policy. */
    REJECTED("rejected"),
    /** It does more, or less, than its author may think. */
    RISKY("risky"),
    /** It depends on what Narthex's own door cannot know, and so refuses more there than at S3. */
    NOT_KNOWN_HERE("not known here");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
