package io.narthex.local.s3.access;

import java.util.Optional;

/**
 * The calls of S3 that the endpoint has, each with the IAM action that is asked for before anything
 * else happens. Where there is none, the store asks itself: under the lock of the key, about the
 * version that it then hands out.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Required
 *     permissions for S3 API operations</a>
 */
public enum Operation {
  /** {@code GET /}. */
  LIST_BUCKETS("s3:ListAllMyBuckets"),
  /** {@code PUT bucket}. */
  CREATE_BUCKET("s3:CreateBucket"),
  /** {@code DELETE bucket}. */
  DELETE_BUCKET("s3:DeleteBucket"),
  /** {@code HEAD bucket}. */
  HEAD_BUCKET("s3:ListBucket"),
  /** {@code GET bucket}, both versions. */
  LIST_OBJECTS("s3:ListBucket"),
  /** {@code GET bucket?versions}. */
  LIST_OBJECT_VERSIONS("s3:ListBucketVersions"),
  /** {@code GET bucket?uploads}. */
  LIST_MULTIPART_UPLOADS("s3:ListBucketMultipartUploads"),
  /** {@code GET bucket?location}. */
  GET_BUCKET_LOCATION("s3:GetBucketLocation"),
  /** {@code GET bucket?policy}. */
  GET_BUCKET_POLICY("s3:GetBucketPolicy"),
  /** {@code PUT bucket?policy}. */
  PUT_BUCKET_POLICY("s3:PutBucketPolicy"),
  /** {@code DELETE bucket?policy}. */
  DELETE_BUCKET_POLICY("s3:DeleteBucketPolicy"),
  /** {@code GET bucket?policyStatus}. */
  GET_BUCKET_POLICY_STATUS("s3:GetBucketPolicyStatus"),
  /** {@code GET bucket?publicAccessBlock}. */
  GET_PUBLIC_ACCESS_BLOCK("s3:GetBucketPublicAccessBlock"),
  /** {@code PUT bucket?publicAccessBlock}. */
  PUT_PUBLIC_ACCESS_BLOCK("s3:PutBucketPublicAccessBlock"),
  /** {@code DELETE bucket?publicAccessBlock}; S3 has no action of its own for it. */
  DELETE_PUBLIC_ACCESS_BLOCK("s3:PutBucketPublicAccessBlock"),
  /** {@code GET bucket?versioning}. */
  GET_BUCKET_VERSIONING("s3:GetBucketVersioning"),
  /** {@code PUT bucket?versioning}. */
  PUT_BUCKET_VERSIONING("s3:PutBucketVersioning"),
  /** {@code POST bucket?delete}; each key is asked for on its own. */
  DELETE_OBJECTS,
  /** {@code GET key}. */
  GET_OBJECT,
  /** {@code HEAD key}. */
  HEAD_OBJECT,
  /** {@code PUT key}. */
  PUT_OBJECT("s3:PutObject"),
  /** {@code PUT key} with a copy source; the source is asked for when it is opened. */
  COPY_OBJECT("s3:PutObject"),
  /** {@code DELETE key}. */
  DELETE_OBJECT,
  /** {@code GET key?tagging}. */
  GET_OBJECT_TAGGING,
  /** {@code PUT key?tagging}. */
  PUT_OBJECT_TAGGING,
  /** {@code DELETE key?tagging}. */
  DELETE_OBJECT_TAGGING,
  /** {@code POST key?uploads}. */
  CREATE_MULTIPART_UPLOAD("s3:PutObject"),
  /** {@code PUT key?partNumber&uploadId}. */
  UPLOAD_PART("s3:PutObject"),
  /** {@code PUT key?partNumber&uploadId} with a copy source. */
  UPLOAD_PART_COPY("s3:PutObject"),
  /** {@code POST key?uploadId}. */
  COMPLETE_MULTIPART_UPLOAD("s3:PutObject"),
  /** {@code DELETE key?uploadId}. */
  ABORT_MULTIPART_UPLOAD("s3:AbortMultipartUpload"),
  /** {@code GET key?uploadId}. */
  LIST_PARTS("s3:ListMultipartUploadParts");

  private final Optional<String> action;

  Operation() {
    this.action = Optional.empty();
  }

  Operation(String action) {
    this.action = Optional.of(action);
  }

  /** What is asked for before the call is begun. */
  public Optional<String> action() {
    return action;
  }

  /**
   * Whether an object that the call looks at is for its caller to see, and not for the endpoint's
   * own bookkeeping.
   */
  public boolean readsForCaller() {
    return this == GET_OBJECT
        || this == HEAD_OBJECT
        || this == COPY_OBJECT
        || this == UPLOAD_PART_COPY;
  }
}
