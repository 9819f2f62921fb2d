package io.narthex.aws.stack;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.CacheBucket;
import io.narthex.policy.AccountId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the parts of a stack are, as the outputs of {@code template.yaml} say.
 *
 * @param cacheBucket name of the bucket that clients know
 * @param stateBucket name of the bucket with reports and revocations
 * @param uploadQueueUrl the queue of the verifying function
 * @param deadLetterQueueUrl what failed five times
 * @param deadLetterQueueArn the same queue
 * @param cacheUrl where machines substitute from, if the stack has its API
 */
public record StackOutputs(
    String cacheBucket,
    String stateBucket,
    String uploadQueueUrl,
    String deadLetterQueueUrl,
    String deadLetterQueueArn,
    Optional<URI> cacheUrl) {
  private static final String CACHE_BUCKET = "CacheBucketName";
  private static final String STATE_BUCKET = "StateBucketName";
  private static final String UPLOAD_QUEUE = "UploadQueueUrl";
  private static final String DEAD_LETTERS = "DeadLetterQueueUrl";
  private static final String DEAD_LETTERS_ARN = "DeadLetterQueueArn";

  private static final List<String> NEEDED =
      List.of(CACHE_BUCKET, STATE_BUCKET, UPLOAD_QUEUE, DEAD_LETTERS, DEAD_LETTERS_ARN);

  /** The output with the URL of the cache. */
  static final String CACHE_URL = "CacheUrl";

  public StackOutputs {
    requireNonNull(cacheBucket, "cacheBucket is null");
    requireNonNull(stateBucket, "stateBucket is null");
    requireNonNull(uploadQueueUrl, "uploadQueueUrl is null");
    requireNonNull(deadLetterQueueUrl, "deadLetterQueueUrl is null");
    requireNonNull(deadLetterQueueArn, "deadLetterQueueArn is null");
    requireNonNull(cacheUrl, "cacheUrl is null");
  }

  /** The cache bucket as its policy names it, in the partition and the account of the stack. */
  CacheBucket policyBucket() {
    String[] queue = deadLetterQueueArn.split(":", 6);
    return new CacheBucket(
        "arn:%s:s3:::%s".formatted(queue[1], cacheBucket), new AccountId(queue[4]));
  }

  /** The names of all outputs that a command reads. */
  public static List<String> names() {
    return Stream.of(NEEDED, List.of(CACHE_URL), IndexOutputs.NAMES).flatMap(List::stream).toList();
  }

  /**
   * From all outputs of a stack.
   *
   * @throws StackException if some that every command needs are missing, naming all of them
   */
  static StackOutputs of(String stack, Map<String, String> outputs) {
    Stream<String> missing = NEEDED.stream().filter(name -> !outputs.containsKey(name));
    String absent = String.join(", ", missing.toList());
    if (!absent.isEmpty()) {
      throw new StackException(
          "the stack %s is not one of Narthex: it has no output %s".formatted(stack, absent));
    }
    return new StackOutputs(
        requireNonNull(outputs.get(CACHE_BUCKET)),
        requireNonNull(outputs.get(STATE_BUCKET)),
        requireNonNull(outputs.get(UPLOAD_QUEUE)),
        requireNonNull(outputs.get(DEAD_LETTERS)),
        requireNonNull(outputs.get(DEAD_LETTERS_ARN)),
        Optional.ofNullable(outputs.get(CACHE_URL)).map(URI::create));
  }
}
