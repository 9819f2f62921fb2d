package io.narthex.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.DeniedObjectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailureTest {
  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "404, NoSuchKey, ABSENT",
    "404, NoSuchVersion, ABSENT",
    "404, NoSuchBucketPolicy, ABSENT",
    "404, '', ABSENT",
    "404, NoSuchBucket, OTHER",
    "405, MethodNotAllowed, ABSENT",
    "412, PreconditionFailed, PRECONDITION",
    "409, ConditionalRequestConflict, CONFLICT",
    "409, OperationAborted, OTHER",
    "403, AccessDenied, DENIED",
    "403, InvalidObjectState, UNREADABLE",
    "400, InvalidRequest, OTHER",
    "500, InternalError, OTHER",
    "503, SlowDown, OTHER",
  })
  void readsStatusAndCode(int status, String code, S3Failure failure) {
    assertThat(S3Failure.of(status, code)).isEqualTo(failure);
  }

  /** A narinfo that may not be read keeps no index from being built. */
  @Test
  void saysThatAnObjectIsDenied() {
    AwsServiceException e = S3Exception.builder().statusCode(403).build();
    assertThat(new S3Call("GetObject", "key").failed(e)).isInstanceOf(DeniedObjectException.class);
  }

  @Test
  void knowsAnObjectThatIsEncryptedWithAKeyOfItsUploader() {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .errorCode("InvalidRequest")
            .errorMessage(
                "The object was stored using a form of Server Side Encryption. The correct"
                    + " parameters must be provided to retrieve the object.")
            .build();
    AwsServiceException e = S3Exception.builder().statusCode(400).awsErrorDetails(details).build();
    assertThat(S3Failure.of((S3Exception) e)).isEqualTo(S3Failure.UNREADABLE);
  }
}
