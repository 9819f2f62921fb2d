package io.narthex.local.s3.access;

/**
 * What a bucket's owner rules out, whatever policies and ACLs say. ACLs are refused here anyway.
 *
 * @param blockPublicAcls refuse ACLs that grant to the public
 * @param ignorePublicAcls do as if there were none
 * @param blockPublicPolicy refuse to take a policy that is public
 * @param restrictPublicBuckets let only the owner's account use a bucket whose policy is public
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">Blocking
 *     public access</a>
 */
public record PublicAccessBlock(
    boolean blockPublicAcls,
    boolean ignorePublicAcls,
    boolean blockPublicPolicy,
    boolean restrictPublicBuckets) {
  /** Nothing is ruled out. */
  public static final PublicAccessBlock NONE = new PublicAccessBlock(false, false, false, false);
}
