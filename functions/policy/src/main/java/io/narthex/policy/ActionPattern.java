package io.narthex.policy;

import java.util.Locale;

/**
 * An action or a pattern of actions, without regard to case: {@code *}, or a service and a name
 * that may hold {@code *} and {@code ?}.
 *
 * @param text e.g. {@code s3:Get*}
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html">Action</a>
 */
public record ActionPattern(String text) {
  public ActionPattern {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not an action: " + text);
    }
  }

  static boolean isValid(String text) {
    int colon = text.indexOf(':');
    return text.equals("*")
        || (isService(text, colon)
            && colon < text.length() - 1
            && Characters.areIn(
                text,
                colon + 1,
                text.length(),
                c -> Characters.isLetterOrDigit(c) || c == '*' || c == '?'));
  }

  /** Whether what is before the colon can be the name of a service. */
  static boolean isService(String text, int colon) {
    return colon > 0
        && Characters.areIn(text, 0, colon, c -> Characters.isLetterOrDigit(c) || c == '-');
  }

  /** Whether S3 takes it in a bucket policy. */
  boolean isOfS3() {
    return text.equals("*") || lowerCase(text).startsWith("s3:");
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
