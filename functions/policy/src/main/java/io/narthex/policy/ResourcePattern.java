package io.narthex.policy;

/**
 * A resource or a pattern of resources: {@code *}, or an ARN whose segments may hold {@code *} and
 * {@code ?}, the service excepted. A wildcard never spans two segments; in the last one it matches
 * slashes and colons too.
 *
 * @param text e.g. {@code arn:aws:s3:::example-nix-cache/*}
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">Resource</a>
 */
public record ResourcePattern(String text) {
  public ResourcePattern {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not a resource: " + text);
    }
  }

  static boolean isValid(String text) {
    return text.equals("*") || Arn.parse(text).filter(ResourcePattern::isValid).isPresent();
  }

  private static boolean isValid(Arn arn) {
    return isService(arn.service())
        && !arn.partition().isEmpty()
        && !arn.resource().isEmpty()
        && !(arn.partition() + arn.region() + arn.account()).contains("${");
  }

  private static boolean isService(String text) {
    return Characters.are(
        text,
        1,
        Integer.MAX_VALUE,
        c -> Characters.isLowerCase(c) || Characters.isDigit(c) || c == '-');
  }

  /** Whether S3 takes it in a bucket policy, whichever bucket that is. */
  boolean isOfS3() {
    return text.equals("*")
        || Arn.parse(text)
            .filter(a -> a.service().equals("s3") && a.region().isEmpty() && a.account().isEmpty())
            .filter(a -> !a.resource().startsWith("/"))
            .isPresent();
  }

  /** Whether its variables are well formed. */
  boolean isReadable(PolicyVersion version) {
    return text.equals("*") || ArnTemplate.read(text, version.hasVariables()).isPresent();
  }

  /** Whether it may match one object of a bucket and not another: more than a bucket's name. */
  boolean tellsKeysApart() {
    return !text.equals("*")
        && Arn.parse(text)
            .map(Arn::resource)
            .map(
                resource ->
                    resource.endsWith("/*")
                        ? resource.substring(0, resource.length() - 2)
                        : resource)
            .filter(
                bucket ->
                    Characters.are(bucket, 1, Integer.MAX_VALUE, ResourcePattern::isOfBucketName))
            .isEmpty();
  }

  private static boolean isOfBucketName(int c) {
    return Characters.isLowerCase(c) || Characters.isDigit(c) || c == '-' || c == '.';
  }
}
