package io.narthex.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    "400, InvalidRequest, OTHER",
    "500, InternalError, OTHER",
    "503, SlowDown, OTHER",
  })
  void readsStatusAndCode(int status, String code, S3Failure failure) {
    assertThat(S3Failure.of(status, code)).isEqualTo(failure);
  }
}
