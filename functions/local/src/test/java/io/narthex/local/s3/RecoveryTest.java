package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.CACHE;
import static io.narthex.local.s3.Endpoint.PLAIN;
import static io.narthex.local.s3.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.local.s3.event.ObjectEvent;
import io.narthex.policy.AccountId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a process that dies between two steps leaves on disk, and what the next one makes of it. */
final class RecoveryTest {
  private static final String KEY = "nar/x.nar";

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

  @Test
  void anIntentAloneChangesNothingAndGivesAnEvent() throws IOException {
    String version = s3.put(CACHE, KEY, "one").versionId();
    dieAfter(() -> {});
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("one");
    assertThat(s3.events)
        .singleElement()
        .matches(
            e ->
                e.key().equals(KEY)
                    && e.versionId().orElseThrow().equals(version)
                    && e.size() == 3);
    assertThat(intents()).isEmpty();
  }

  @Test
  void aVersionThatWasAddedBecomesCurrent() throws IOException {
    s3.put(CACHE, KEY, "one");
    String second = s3.put(CACHE, KEY, "two").versionId();
    dieAfter(() -> makeCurrent(oldestVersion()));
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("two");
    assertThat(get(s3.admin, CACHE, KEY).response().versionId()).isEqualTo(second);
    assertThat(s3.events).extracting(ObjectEvent::key).containsExactly(KEY);
  }

  @Test
  void theFirstVersionOfAKeyBecomesCurrent() throws IOException {
    s3.put(CACHE, KEY, "one");
    dieAfter(
        () -> {
          Files.delete(current());
          Files.delete(current().getParent());
        });
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("one");
  }

  @Test
  void aDeleteMarkerThatWasMadeHidesTheObject() throws IOException {
    s3.put(CACHE, KEY, "one");
    dieAfter(() -> Files.createFile(versions().resolve(".narthex-d-FFFFFFFFFFFFFFFF")));
    assertThatThrownBy(() -> get(s3.admin, CACHE, KEY)).isInstanceOf(NoSuchKeyException.class);
    assertThat(s3.events)
        .singleElement()
        .matches(e -> e.name().wireName().equals("ObjectRemoved:Delete"));
  }

  @Test
  void aVersionThatWasDeletedUncoversTheOneBelowWithItsTags() throws IOException {
    String first = s3.put(CACHE, KEY, "good").versionId();
    s3.tag(KEY, first, "nix-verdict", "verified");
    String second = s3.put(CACHE, KEY, "tampered").versionId();
    dieAfter(() -> Files.delete(versions().resolve(".narthex-v-" + second)));
    assertThat(get(s3.admin, CACHE, KEY).asUtf8String()).isEqualTo("good");
    assertThat(s3.admin.getObjectTagging(r -> r.bucket(CACHE).key(KEY)).tagSet()).hasSize(1);
  }

  @Test
  void aDeletedOnlyVersionIsGone() throws IOException {
    String only = s3.put(CACHE, KEY, "one").versionId();
    dieAfter(() -> Files.delete(versions().resolve(".narthex-v-" + only)));
    // The file of the key says that it was a version, and no version is left.
    assertThatThrownBy(() -> get(s3.admin, CACHE, KEY)).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void whatWasNotYetAVersionStaysWhenTheProcessDiesBeforeOrAfterItBecomesOne() throws IOException {
    s3.put(PLAIN, KEY, "old");
    s3.admin.putBucketVersioning(
        r -> r.bucket(PLAIN).versioningConfiguration(c -> c.status("Enabled")));
    die(PLAIN, () -> {});
    assertThat(get(s3.admin, PLAIN, KEY).asUtf8String()).isEqualTo("old");
    die(PLAIN, () -> {});
    assertThat(get(s3.admin, PLAIN, KEY).asUtf8String()).isEqualTo("old");
    assertThat(s3.admin.listObjectVersions(r -> r.bucket(PLAIN)).versions())
        .extracting(ObjectVersion::versionId)
        .containsExactly("null");
  }

  @Test
  void aVersionWhosePlaceAnotherKeyHasDoesNotKeepTheEndpointFromStarting() throws IOException {
    s3.put(CACHE, KEY, "one");
    dieAfter(
        () -> {
          Files.delete(current());
          Files.createDirectory(current());
          Files.writeString(current().resolve("more"), "x");
        });
    assertThatThrownBy(() -> get(s3.admin, CACHE, KEY)).isInstanceOf(NoSuchKeyException.class);
    assertThat(s3.admin.listObjectVersions(r -> r.bucket(CACHE).prefix(KEY)).versions())
        .extracting(ObjectVersion::key)
        .containsExactly(KEY, KEY + "/more");
  }

  @Test
  void anIntentThatIsCutShortWasNeverBegun() throws IOException {
    s3.close();
    Files.writeString(directory.resolve("intents").resolve("0000000000000001"), "example-nix-ca");
    s3 = Endpoint.start(directory);
    assertThat(s3.events).isEmpty();
    assertThat(intents()).isEmpty();
  }

  @Test
  void aListenerThatFailsGetsTheEventAgain() throws IOException {
    s3.close();
    EmbeddedS3Config failing =
        new EmbeddedS3Config(
            directory,
            0,
            new AccountId(Endpoint.ACCOUNT),
            Endpoint.users(),
            event -> {
              throw new IllegalStateException("the queue is full");
            });
    try (EmbeddedS3 server = EmbeddedS3.start(failing)) {
      var put =
          new SignedRequest("PUT", URI.create(server.endpoint() + "/" + CACHE + "/" + KEY))
              .build(BodyPublishers.ofString("x"));
      assertThat(s3.send(put).statusCode()).isEqualTo(500);
    }
    s3 = Endpoint.start(directory);
    assertThat(s3.events).singleElement().matches(e -> e.key().equals(KEY) && e.size() == 1);
  }

  @Test
  void versionIdsAndSequencersGoUpAcrossRestarts() {
    String before = s3.put(CACHE, KEY, "one").versionId();
    String sequencer = s3.events.getLast().sequencer();
    s3.close();
    s3 = Endpoint.start(directory);
    assertThat(s3.put(CACHE, KEY, "two").versionId()).isGreaterThan(before);
    assertThat(s3.events.getLast().sequencer()).isGreaterThan(sequencer);
  }

  @Test
  void oneDirectoryIsForOneProcess() {
    assertThatThrownBy(() -> Endpoint.start(directory)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {CACHE, PLAIN})
  void eventsSayWhatWasDone(String bucket) {
    var put = s3.put(bucket, KEY, "one");
    s3.admin.putObjectTagging(r -> r.bucket(bucket).key(KEY).tagging(Endpoint.tagging("a", "b")));
    s3.admin.deleteObjectTagging(r -> r.bucket(bucket).key(KEY));
    s3.admin.copyObject(
        r ->
            r.sourceBucket(bucket).sourceKey(KEY).destinationBucket(bucket).destinationKey("copy"));
    s3.admin.deleteObject(r -> r.bucket(bucket).key(KEY));
    String deletion =
        bucket.equals(CACHE) ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete";
    assertThat(s3.events)
        .extracting(e -> e.name().wireName() + " " + e.key())
        .containsExactly(
            "ObjectCreated:Put " + KEY,
            "ObjectTagging:Put " + KEY,
            "ObjectTagging:Delete " + KEY,
            "ObjectCreated:Copy copy",
            deletion + " " + KEY);
    ObjectEvent first = s3.events.getFirst();
    assertThat(first.eTag()).contains(put.eTag().replace("\"", ""));
    assertThat(first.size()).isEqualTo(3);
    assertThat(first.versionId().isPresent()).isEqualTo(bucket.equals(CACHE));
    assertThat(s3.events).extracting(ObjectEvent::sequencer).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aRefusedWriteGivesNoEventAndLeavesNoTrace() throws IOException {
    s3.put(CACHE, KEY, "one");
    assertThatThrownBy(
            () ->
                s3.admin.putObject(
                    r -> r.bucket(CACHE).key(KEY).ifNoneMatch("*"), RequestBody.fromString("two")))
        .isInstanceOf(S3Exception.class);
    assertThat(s3.events).hasSize(1);
    assertThat(intents()).isEmpty();
    assertThat(files(directory.resolve("staging/objects"))).isEmpty();
  }

  private interface Step {
    void run() throws IOException;
  }

  private void dieAfter(Step step) throws IOException {
    die(CACHE, step);
  }

  /**
   * Stops, makes the disk look as if the process had died in the middle of a change of the key, and
   * starts again.
   */
  private void die(String bucket, Step step) throws IOException {
    s3.close();
    step.run();
    Files.writeString(
        directory.resolve("intents").resolve("0000000000000001"), bucket + "\n" + KEY + "\n");
    Files.writeString(directory.resolve("staging/objects/left-over"), "x");
    s3 = Endpoint.start(directory);
  }

  private Path current() {
    return directory.resolve("objects").resolve(CACHE).resolve(KEY);
  }

  private Path versions() {
    return directory.resolve("versions").resolve(CACHE).resolve(KEY);
  }

  private Path oldestVersion() throws IOException {
    return files(versions()).stream().sorted().findFirst().orElseThrow();
  }

  private void makeCurrent(Path version) throws IOException {
    Files.delete(current());
    Files.createLink(current(), version);
  }

  private List<Path> intents() throws IOException {
    return files(directory.resolve("intents"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
