package io.narthex.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ConditionalPutTest {
  private static final PutResult STORED = new PutResult.Stored(new VersionId("v"), new ETag("e"));

  private final List<Duration> pauses = new ArrayList<>();

  private PutResult put(SdkException... refusals) {
    Deque<SdkException> left = new ArrayDeque<>(List.of(refusals));
    return new ConditionalPut(new S3Call("PutObject", "some/key"), pauses::add)
        .put(
            () -> {
              if (!left.isEmpty()) {
                throw left.pop();
              }
              return STORED;
            });
  }

  private static S3Exception refusal(int status, String code, int attempts) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .numAttempts(attempts)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("m").build())
            .build();
  }

  private static S3Exception conflict() {
    return refusal(409, "ConditionalRequestConflict", 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {412, 404})
  void losesWhenTheConditionDoesNotHold(int status) {
    assertThat(put(refusal(status, "", 1))).isEqualTo(new PutResult.PreconditionFailed());
  }

  @Test
  void saysNothingWhenAnEarlierAttemptMayHaveWritten() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> put(refusal(412, "PreconditionFailed", 2)))
        .withMessageContaining("some/key");
  }

  @Test
  void triesAgainAfterAConflict() {
    assertThat(put(conflict(), conflict())).isEqualTo(STORED);
    assertThat(pauses).hasSize(2);
  }

  @Test
  void givesUpOnAConflictThatStays() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> put(conflict(), conflict(), conflict(), conflict(), conflict()))
        .withMessageStartingWith("PutObject some/key");
    assertThat(pauses).hasSize(4);
  }

  @Test
  void neverTakesARefusalForALostRace() {
    for (int status : new int[] {400, 403, 500, 503}) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> put(refusal(status, "Any", 1)))
          .withMessageStartingWith("PutObject some/key");
    }
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> put(SdkClientException.create("unreachable")));
  }
}
