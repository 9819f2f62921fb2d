package io.narthex.local.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Notifications of LocalStack's S3, through LocalStack's SQS, drive the verifying function. */
@Tag("containers")
@ExtendWith(OneLocalStack.class)
class UploadEventsTest {
  private final SampleStore store = new SampleStore(1);
  private final QueuedCache cache;

  UploadEventsTest(LocalStack localStack) {
    cache = new QueuedCache(localStack, store.publicKey());
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void hasNothingToDoForTheTestEvent() throws IOException {
    cache.awaitMessage("s3:TestEvent");
    assertThat(cache.queue().inFlight()).isZero();
  }

  @Test
  void verifiesWhatWasCreated() throws IOException {
    SamplePath path = store.path("hello-1.0");
    cache.upload(path);
    cache.awaitVerdict(path.narInfoKey(), "verified");
    cache.awaitVerdict(path.narKey(), "verified");
    assertThat(cache.queue().bodies()).anyMatch(body -> body.contains("ObjectCreated:Put"));
  }

  @Test
  void verifiesAWaitingPathByTheMessageOfTheOneItWaitedFor() throws IOException {
    SamplePath reference = store.path("lib-1.0");
    SamplePath path = store.path("hello-1.0", reference.storePath());
    cache.upload(path);
    cache.awaitVerdict(path.narInfoKey(), "waiting");
    cache.upload(reference);
    cache.awaitVerdict(path.narInfoKey(), "verified");
    assertThat(cache.verdict(reference.narInfoKey())).contains("verified");
  }

  @Test
  void hidesAPathWhoseNarWasRemoved() throws IOException {
    SamplePath path = store.path("hello-1.0");
    cache.upload(path);
    cache.awaitVerdict(path.narInfoKey(), "verified");
    cache.delete(path.narKey());
    cache.awaitVerdict(path.narInfoKey(), "waiting");
    assertThat(cache.queue().bodies()).anyMatch(body -> body.contains("ObjectRemoved:"));
  }

  @Test
  void takesAForgedVerdictBack() throws IOException {
    SamplePath path = store.path("hello-1.0");
    cache.put(path.narInfoKey(), path.narInfoBytes());
    cache.awaitVerdict(path.narInfoKey(), "waiting");
    cache.forgeVerdict(path.narInfoKey());
    cache.awaitVerdict(path.narInfoKey(), "waiting");
    assertThat(cache.queue().bodies()).anyMatch(body -> body.contains("ObjectTagging:Put"));
  }

  @Test
  void leavesOnlyTheMessageInTheQueueThatFailed() throws IOException {
    SamplePath path = store.path("hello-1.0");
    cache.queue().send("neither a notification nor ours");
    cache.upload(path);
    cache.awaitVerdict(path.narInfoKey(), "verified");
    cache.awaitMessage("neither a notification nor ours");
    assertThat(cache.queue().inFlight()).isOne();
  }
}
