package io.narthex.aws.s3;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What a refusal by S3 means to us.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3 error
 *     responses</a>
 */
enum S3Failure {
  /** The key, or the version, is not there. */
  ABSENT,
  /** A condition of the request does not hold. */
  PRECONDITION,
  /** Another conditional request was under way: the same one may be made again. */
  CONFLICT,
  /** The caller may not, or S3 does not tell it that there is nothing. */
  DENIED,
  /** The object is there and its bytes cannot be had: archived, or encrypted with another's key. */
  UNREADABLE,
  /** Says nothing about the object: throttled, broken, wrong bucket. */
  OTHER;

  private static final Set<String> ENVIRONMENT = Set.of("NoSuchBucket", "NoSuchUpload");

  static S3Failure of(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    String message = details == null ? null : details.errorMessage();
    return isCustomerEncrypted(code == null ? "" : code, message == null ? "" : message)
        ? UNREADABLE
        : of(e.statusCode(), code == null ? "" : code);
  }

  /** S3 has no code of its own for a read of an SSE-C object without its key. */
  private static boolean isCustomerEncrypted(String code, String message) {
    return code.equals("InvalidRequest")
        && message.startsWith("The object was stored using a form of Server Side Encryption");
  }

  /**
   * By status, and by error code where the status has several meanings. The answer to a HEAD has no
   * code. 405 is the answer to a read of a delete marker by its version id.
   */
  static S3Failure of(int status, String code) {
    return switch (status) {
      case 404 -> ENVIRONMENT.contains(code) ? OTHER : ABSENT;
      case 405 -> code.isEmpty() || code.equals("MethodNotAllowed") ? ABSENT : OTHER;
      case 412 -> PRECONDITION;
      case 409 -> code.equals("ConditionalRequestConflict") ? CONFLICT : OTHER;
      case 403 -> code.equals("InvalidObjectState") ? UNREADABLE : DENIED;
      default -> OTHER;
    };
  }
}
