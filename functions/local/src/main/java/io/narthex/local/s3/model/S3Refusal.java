package io.narthex.local.s3.model;

import java.util.Map;

/**
 * A request that is answered with an S3 error document.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error
 *     responses</a>
 */
public final class S3Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> headers;

  /** A refusal with an HTTP status, an S3 error code and a sentence that clients show to people. */
  public S3Refusal(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  /** A refusal whose answer carries further headers. */
  public S3Refusal(int status, String code, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.headers = Map.copyOf(headers);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The S3 error code, e.g. {@code NoSuchKey}. */
  public String code() {
    return code;
  }

  /** Headers of the answer besides the usual ones. */
  public Map<String, String> headers() {
    return headers;
  }

  /** 403. */
  public static S3Refusal accessDenied(String message) {
    return new S3Refusal(403, "AccessDenied", message);
  }

  /** 400 for something in the request that cannot be. */
  public static S3Refusal invalidArgument(String message) {
    return new S3Refusal(400, "InvalidArgument", message);
  }

  /** 400 for a body that is not the document expected. */
  public static S3Refusal malformedXml(String message) {
    return new S3Refusal(400, "MalformedXML", message);
  }

  /** 404 for a bucket. */
  public static S3Refusal noSuchBucket(String bucket) {
    return new S3Refusal(404, "NoSuchBucket", "The bucket " + bucket + " does not exist.");
  }

  /** 404 for a multipart upload. */
  public static S3Refusal noSuchUpload() {
    return new S3Refusal(
        404,
        "NoSuchUpload",
        "The upload does not exist: it was completed or aborted, or its id is wrong.");
  }

  /** 412. */
  public static S3Refusal preconditionFailed(String header) {
    return new S3Refusal(412, "PreconditionFailed", "The condition " + header + " does not hold.");
  }

  /** 501. */
  public static S3Refusal notImplemented(String what) {
    return new S3Refusal(501, "NotImplemented", what + " is not part of the embedded endpoint.");
  }
}
