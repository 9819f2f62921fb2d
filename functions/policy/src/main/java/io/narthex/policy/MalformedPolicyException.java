package io.narthex.policy;

import static java.util.Objects.requireNonNull;

/**
 * A text is not a policy that we accept. The message is S3's own where S3 has one, ready for a
 * {@code MalformedPolicy} answer; {@link #where} says which element it is about.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html">PutBucketPolicy</a>
 */
public final class MalformedPolicyException extends Exception {
  private final String where;

  MalformedPolicyException(String message, String where) {
    super(requireNonNull(message, "message is null"));
    this.where = requireNonNull(where, "where is null");
  }

  /** The path of the element, e.g. {@code Statement[2].Principal}; empty for the whole document. */
  public String where() {
    return where;
  }
}
