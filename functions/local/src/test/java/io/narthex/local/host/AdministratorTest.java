package io.narthex.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the administrator of a host can do, and what stays. */
class AdministratorTest {
  private static final String CACHE = Running.BUCKET;
  private static final String STATE = CACHE + "-state";

  /** The Nix manual's, for one user. */
  private static final String ONE_READER =
      """
      {"Id": "DirectReads", "Version": "2012-10-17", "Statement": [{
        "Sid": "AllowDirectReads", "Action": ["s3:GetObject", "s3:GetBucketLocation"],
        "Effect": "Allow",
        "Resource": ["arn:aws:s3:::example-nix-cache", "arn:aws:s3:::example-nix-cache/*"],
        "Principal": {"AWS": "arn:aws:iam::123456789012:user/alice"}}]}
      """;

  private static final String NOBODY =
      """
      {"Version": "2012-10-17", "Statement": [{
        "Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": ["arn:aws:s3:::example-nix-cache", "arn:aws:s3:::example-nix-cache/*"]}]}
      """;

  private static final String EVERYTHING =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
      """;

  private final SampleStore store = new SampleStore(2);
  @TempDir private Path data;

  @Test
  void aPolicyThatItPutStaysAndTheHostSaysSo() {
    try (Running running = Running.in(data, store);
        S3Client admin = admin(running)) {
      assertThat(running.host.notices()).isEmpty();
      assertThat(admin.getBucketPolicy(r -> r.bucket(CACHE)).policy()).contains("ReadVerified");
      admin.putBucketPolicy(r -> r.bucket(CACHE).policy(ONE_READER));
    }
    for (int start = 0; start < 2; start++) {
      try (Running running = Running.in(data, store);
          S3Client admin = admin(running)) {
        assertThat(running.host.notices()).singleElement().asString().contains("--profile admin");
        assertThat(admin.getBucketPolicy(r -> r.bucket(CACHE)).policy()).isEqualTo(ONE_READER);
      }
    }
    try (Running running = Running.in(data, store);
        S3Client admin = admin(running)) {
      admin.deleteBucketPolicy(r -> r.bucket(CACHE));
    }
    try (Running running = Running.in(data, store);
        S3Client admin = admin(running)) {
      assertThat(running.host.notices()).isEmpty();
      assertThat(admin.getBucketPolicy(r -> r.bucket(CACHE)).policy()).contains("ReadVerified");
    }
  }

  /** Who stopped a host with such a policy could else never start it again, nor mend it. */
  @Test
  void aPolicyThatKeepsTheHostOutIsMendedWhileItRuns() {
    SamplePath path = store.path("hello");
    try (Running running = Running.in(data, store);
        S3Client admin = admin(running)) {
      running.upload(path);
      admin.putBucketPolicy(r -> r.bucket(CACHE).policy(NOBODY));
    }
    try (Running running = Running.in(data, store);
        S3Client admin = admin(running)) {
      assertThat(running.host.notices())
          .anyMatch(notice -> notice.contains("keeps the host itself out"));
      assertDenied(() -> admin.getObjectAsBytes(r -> r.bucket(CACHE).key(path.narInfoKey())));
      admin.deleteBucketPolicy(r -> r.bucket(CACHE));
    }
    try (Running running = Running.in(data, store);
        S3Client admin = admin(running)) {
      assertThat(running.host.notices()).isEmpty();
      assertThat(admin.getObjectAsBytes(r -> r.bucket(CACHE).key(path.narInfoKey())).asByteArray())
          .isEqualTo(path.narInfoBytes());
    }
  }

  @Test
  void aPolicyOfAnOlderStartIsReplaced() throws IOException {
    try (Running running = Running.in(data, store)) {
      assertThat(running.host.notices()).isEmpty();
    }
    Path policy = data.resolve("s3/buckets").resolve(CACHE + ".policy.json");
    String now = Files.readString(policy);
    Files.writeString(policy, now.replace("123456789012", "000000000000"));
    Files.delete(data.resolve("default-policy-of-" + CACHE + ".sha256"));
    Files.writeString(
        data.resolve("access-keys.properties"), "upload.id=AKLOOLD\nupload.secret=old\n");
    try (Running running = Running.in(data, store)) {
      assertThat(running.host.notices()).isEmpty();
      assertThat(Files.readString(policy)).isEqualTo(now);
      assertThat(Files.readString(data.resolve("aws-credentials"))).contains("AKLOOLD");
    }
  }

  @Test
  void blockPublicAccessKeepsThePublicDefaultAwayAndTheHostStarts() {
    try (Running running = Running.in(data, store);
        S3Client admin = admin(running)) {
      admin.putPublicAccessBlock(
          r -> r.bucket(CACHE).publicAccessBlockConfiguration(b -> b.blockPublicPolicy(true)));
      admin.deleteBucketPolicy(r -> r.bucket(CACHE));
    }
    try (Running running = Running.in(data, store)) {
      assertThat(running.host.notices()).singleElement().asString().contains("BlockPublicPolicy");
    }
  }

  @Test
  void usersAreKnownAtOnceAndNoneTouchesTheStateBucket() {
    SamplePath path = store.path("hello");
    try (Running running = Running.in(data, store);
        S3Client admin = admin(running)) {
      running.upload(path);
      LocalUser alice = user("alice", Optional.empty());
      LocalUser mallory = user("mallory", Optional.of(EVERYTHING));
      admin.putBucketPolicy(r -> r.bucket(CACHE).policy(ONE_READER));
      try (S3Client reads = client(running, alice.key());
          S3Client insider = client(running, mallory.key())) {
        assertThat(reads.getObjectAsBytes(r -> r.bucket(CACHE).key(path.narKey())).asByteArray())
            .isEqualTo(path.file());
        assertDenied(() -> reads.listObjectsV2(r -> r.bucket(CACHE)));
        assertThat(insider.listObjectsV2(r -> r.bucket(CACHE)).contents()).isNotEmpty();
        assertDenied(() -> insider.listObjectsV2(r -> r.bucket(STATE)));
        assertDenied(() -> insider.getObjectAsBytes(r -> r.bucket(STATE).key("settings.json")));
        assertDenied(
            () -> insider.putObject(r -> r.bucket(STATE).key("x"), RequestBody.fromString("x")));
        assertDenied(() -> insider.deleteBucketPolicy(r -> r.bucket(STATE)));
        assertThat(admin.getObjectAsBytes(r -> r.bucket(STATE).key("settings.json")).asByteArray())
            .isNotEmpty();
        LocalUsers.in(data).remove(alice);
        assertThatThrownBy(() -> reads.getObjectAsBytes(r -> r.bucket(CACHE).key(path.narKey())))
            .isInstanceOf(S3Exception.class)
            .hasMessageContaining("does not exist in our records");
      }
    }
  }

  @Test
  void profilesOfOthersStayInTheFileOfTheHost() throws IOException {
    try (Running running = Running.in(data, store)) {
      assertThat(running.host.notices()).isEmpty();
    }
    Path file = data.resolve("aws-credentials");
    CredentialsFile.put(file, "alice", new AccessKey("K", "S"));
    try (Running running = Running.in(data, store)) {
      assertThat(running.host.notices()).isEmpty();
      assertThat(Files.readString(file)).contains("[alice]", "[cache-upload]", "[admin]");
      assertThat(Files.readString(data.resolve("narthex.env")))
          .contains("AWS_ENDPOINT_URL_STS=" + running.host.s3Endpoint());
    }
  }

  private LocalUser user(String name, Optional<String> policy) {
    LocalUser user =
        LocalUser.generate(name, "/", Map.of(), policy, Instant.parse("2026-11-29T12:00:00Z"));
    LocalUsers.in(data).add(user);
    return user;
  }

  private S3Client admin(Running running) {
    return client(running, LocalKeys.in(data, CACHE).accessKey(LocalAccount.ADMIN));
  }

  private static S3Client client(Running running, AccessKey key) {
    return S3Clients.client(
        new S3Access(
            "us-east-1",
            Optional.of(running.host.s3Endpoint()),
            Optional.of(new StaticCredentials(key.id(), key.secret()))));
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
  }
}
