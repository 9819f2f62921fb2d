package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.CACHE;
import static io.narthex.local.s3.Endpoint.PLAIN;
import static io.narthex.local.s3.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class ConditionalWriteTest {
  private static final int THREADS = 16;
  private static final String KEY = "counter";

  @TempDir private Path directory;
  private Endpoint s3;

  @BeforeEach
  void start() {
    s3 = Endpoint.start(directory);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, CACHE})
  void aCounterUnderIfMatchLosesNoIncrement(String bucket)
      throws ExecutionException, InterruptedException {
    s3.put(bucket, KEY, "0");
    int acknowledged = sum(inParallel(() -> increments(bucket, 10)));
    assertThat(Integer.parseInt(get(s3.admin, bucket, KEY).asUtf8String()))
        .isEqualTo(acknowledged)
        .isPositive();
  }

  private int increments(String bucket, int attempts) {
    int won = 0;
    for (int i = 0; i < attempts; i++) {
      ResponseBytes<GetObjectResponse> read = get(s3.admin, bucket, KEY);
      String next = Integer.toString(Integer.parseInt(read.asUtf8String()) + 1);
      won += succeeds(412, () -> putIfMatch(bucket, read.response().eTag(), next)) ? 1 : 0;
    }
    return won;
  }

  private void putIfMatch(String bucket, String eTag, String body) {
    s3.admin.putObject(r -> r.bucket(bucket).key(KEY).ifMatch(eTag), RequestBody.fromString(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, CACHE})
  void exactlyOneOfManyCreatorsWins(String bucket) throws ExecutionException, InterruptedException {
    for (int round = 0; round < 10; round++) {
      String key = "k" + round;
      int created =
          sum(
              inParallel(
                  () ->
                      succeeds(
                              412,
                              () ->
                                  s3.admin.putObject(
                                      r -> r.bucket(bucket).key(key).ifNoneMatch("*"),
                                      RequestBody.fromString("x")))
                          ? 1
                          : 0));
      assertThat(created).isEqualTo(1);
    }
  }

  @Test
  void ifMatchOnAnAbsentKeyIsNotFound() {
    assertThatThrownBy(() -> putIfMatch(PLAIN, "\"0123\"", "x"))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
  }

  @Test
  void deleteUnderIfMatchSparesWhatWasWrittenSince() {
    String old = s3.put(PLAIN, KEY, "1").eTag();
    String now = s3.put(PLAIN, KEY, "2").eTag();
    assertThat(
            succeeds(412, () -> s3.admin.deleteObject(r -> r.bucket(PLAIN).key(KEY).ifMatch(old))))
        .isFalse();
    assertThat(get(s3.admin, PLAIN, KEY).asUtf8String()).isEqualTo("2");
    s3.admin.deleteObject(r -> r.bucket(PLAIN).key(KEY).ifMatch(now));
    assertThat(s3.admin.listObjectsV2(r -> r.bucket(PLAIN)).contents()).isEmpty();
  }

  @Test
  void aCompletionUnderIfNoneMatchLeavesTheUploadWhenRefused() {
    s3.put(CACHE, KEY, "there");
    String id = s3.admin.createMultipartUpload(r -> r.bucket(CACHE).key(KEY)).uploadId();
    String eTag =
        s3.admin
            .uploadPart(
                r -> r.bucket(CACHE).key(KEY).uploadId(id).partNumber(1),
                RequestBody.fromString("in parts"))
            .eTag();
    assertThat(succeeds(412, () -> complete(id, eTag))).isFalse();
    s3.admin.deleteObject(r -> r.bucket(CACHE).key(KEY));
    complete(id, eTag);
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("in parts");
  }

  private void complete(String id, String eTag) {
    s3.admin.completeMultipartUpload(
        r ->
            r.bucket(CACHE)
                .key(KEY)
                .uploadId(id)
                .ifNoneMatch("*")
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(eTag).build())));
  }

  /**
   * Whether it went through; false if it was answered with that status, and any other failure is
   * one.
   */
  private static boolean succeeds(int refusal, Runnable call) {
    try {
      call.run();
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(refusal);
      return false;
    }
  }

  private static List<Integer> inParallel(Callable<Integer> work)
      throws ExecutionException, InterruptedException {
    List<Integer> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> futures =
          IntStream.range(0, THREADS).mapToObj(i -> threads.submit(work)).toList();
      for (Future<Integer> future : futures) {
        results.add(future.get());
      }
    }
    return results;
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }
}
