package io.narthex.local.localstack;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.aws.log.JsonLog;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.aws.sqs.SqsMessages;
import io.narthex.aws.sqs.SqsRetries;
import io.narthex.cache.announce.Announcements;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.local.stores.ScratchBucket;
import io.narthex.nix.signature.PublicKey;
import io.narthex.testkit.SamplePath;
import io.narthex.validate.RecordLog;
import io.narthex.validate.ValidateHandler;
import io.narthex.validate.ValidateWiring;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * A cache bucket whose events go to a queue, as the template has it, and the function behind it.
 */
final class QueuedCache implements AutoCloseable {
  private static final List<String> EVENTS =
      List.of("s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*");

  private final ScratchBucket cache;
  private final ScratchBucket state;
  private final UploadQueue queue;
  private final RequestStreamHandler function;

  QueuedCache(LocalStack localStack, PublicKey trusted) {
    cache = ScratchBucket.versioned(localStack.access());
    state = ScratchBucket.plain(localStack.access());
    queue = new UploadQueue(localStack);
    new Provisioning(
            new S3VersionedStore(cache.s3(), cache.name()),
            new S3ObjectStore(state.s3(), state.name()))
        .provision(Settings.trusting(List.of(trusted)));
    function =
        new ValidateHandler(
            ValidateWiring.of(
                localStack.access(),
                cache.name(),
                state.name(),
                new SqsMessages(queue.client(), queue.url()),
                new SqsRetries(queue.client(), queue.url())::soon,
                Optional.empty(),
                Announcements.NONE,
                hashes -> {}),
            new RecordLog(new JsonLog(System.out::println, Optional.empty(), Clock.systemUTC())));
    notifyQueue();
  }

  private void notifyQueue() {
    var ours = QueueConfiguration.builder().queueArn(queue.arn()).eventsWithStrings(EVENTS).build();
    var _ =
        s3().putBucketNotificationConfiguration(
                put ->
                    put.bucket(cache.name())
                        .notificationConfiguration(all -> all.queueConfigurations(ours)));
  }

  private S3Client s3() {
    return cache.s3();
  }

  UploadQueue queue() {
    return queue;
  }

  /** Uploads NAR and narinfo, in the order of a client. */
  void upload(SamplePath path) {
    put(path.narKey(), path.file());
    put(path.narInfoKey(), path.narInfoBytes());
  }

  void put(String key, byte[] bytes) {
    var _ = s3().putObject(put -> put.bucket(cache.name()).key(key), RequestBody.fromBytes(bytes));
  }

  void delete(String key) {
    var _ = s3().deleteObject(delete -> delete.bucket(cache.name()).key(key));
  }

  /** Nobody here forbids it. */
  void forgeVerdict(String key) {
    Tag verified = Tag.builder().key(VerdictTag.KEY).value("verified").build();
    var _ =
        s3().putObjectTagging(
                put -> put.bucket(cache.name()).key(key).tagging(t -> t.tagSet(verified)));
  }

  /** The value of its tag; empty without the tag or without the object. */
  Optional<String> verdict(String key) {
    try {
      return s3().getObjectTagging(get -> get.bucket(cache.name()).key(key)).tagSet().stream()
          .filter(tag -> tag.key().equals(VerdictTag.KEY))
          .map(Tag::value)
          .findAny();
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /** Runs the function on message after message until the object has the verdict. */
  void awaitVerdict(String key, String verdict) throws IOException {
    queue.pump(function, () -> verdict(key).equals(Optional.of(verdict)));
  }

  /** Runs the function on message after message until one with this in its body was handed over. */
  void awaitMessage(String part) throws IOException {
    queue.pump(function, () -> queue.bodies().stream().anyMatch(body -> body.contains(part)));
  }

  @Override
  public void close() {
    queue.close();
    state.close();
    cache.close();
  }
}
