package io.narthex.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.verdict.VerdictTag;
import io.narthex.local.cli.audit.AuditCommand;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Tag;

/** {@code narthex audit} of a bucket, and what {@code --apply} writes there. */
final class AuditedBucketTest {
  private static final String PREFIX = "some/cache/";

  private final SampleStore samples = new SampleStore(3);

  @TempDir Path directory;
  private Endpoint s3;

  @BeforeEach
  void start() {
    s3 = Endpoint.start(directory.resolve("s3"));
    System.setProperty("aws.accessKeyId", "ADMIN");
    System.setProperty("aws.secretAccessKey", Endpoint.SECRET);
  }

  @AfterEach
  void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    s3.close();
  }

  private SamplePath upload(String bucket, SamplePath path) {
    upload(bucket, path.narKey(), path.file());
    upload(bucket, path.narInfoKey(), path.narInfoBytes());
    return path;
  }

  private void upload(String bucket, String key, byte[] bytes) {
    s3.admin.putObject(r -> r.bucket(bucket).key(PREFIX + key), RequestBody.fromBytes(bytes));
  }

  private int audit(String bucket, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "s3://%s/some/cache?endpoint=%s&region=eu-west-2"
                    .formatted(bucket, s3.server.endpoint()),
                "--trusted-public-key",
                samples.publicKey().toString(),
                "--scratch",
                directory.toString()));
    arguments.addAll(List.of(options));
    return new CommandLine(new AuditCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, command, parsed) -> 2)
        .execute(arguments.toArray(new String[0]));
  }

  private Optional<String> verdict(String key) {
    return s3
        .admin
        .getObjectTagging(r -> r.bucket(Endpoint.CACHE).key(PREFIX + key))
        .tagSet()
        .stream()
        .filter(tag -> tag.key().equals(VerdictTag.KEY))
        .map(Tag::value)
        .findFirst();
  }

  @Test
  void aBucketWithoutVersionsIsAuditedAndNotTagged() {
    upload(Endpoint.PLAIN, samples.path("one"));
    assertThat(audit(Endpoint.PLAIN)).isZero();
    assertThat(audit(Endpoint.PLAIN, "--apply")).isEqualTo(2);
  }

  @Test
  void verdictsAreWrittenOnTheVersionsThatWereRead() {
    SamplePath good = upload(Endpoint.CACHE, samples.path("good"));
    SamplePath bad = upload(Endpoint.CACHE, samples.path("bad"));
    SamplePath waits = upload(Endpoint.CACHE, samples.path("waits", samples.storePath("absent")));
    assertThat(audit(Endpoint.CACHE)).isEqualTo(1);
    assertThat(verdict(good.narInfoKey())).isEmpty();

    upload(Endpoint.CACHE, bad.narKey(), good.file());
    assertThat(audit(Endpoint.CACHE, "--apply", "--dry-run")).isEqualTo(1);
    assertThat(verdict(good.narInfoKey())).isEmpty();

    assertThat(audit(Endpoint.CACHE, "--apply")).isEqualTo(1);
    assertThat(verdict(good.narInfoKey())).contains("verified");
    assertThat(verdict(good.narKey())).contains("verified");
    assertThat(verdict(bad.narInfoKey())).contains("rejected");
    assertThat(verdict(bad.narKey())).isEmpty();
    assertThat(verdict(waits.narInfoKey())).contains("waiting");
    assertThat(verdict(waits.narKey())).isEmpty();
  }

  @Test
  void aVerdictThatIsNotTrueAnyMoreIsTakenBack() {
    SamplePath path = upload(Endpoint.CACHE, samples.path("path"));
    assertThat(audit(Endpoint.CACHE, "--apply")).isZero();
    assertThat(verdict(path.narInfoKey())).contains("verified");
    upload(Endpoint.CACHE, path.narKey(), new byte[] {1, 2, 3});
    assertThat(audit(Endpoint.CACHE, "--apply")).isEqualTo(1);
    assertThat(verdict(path.narInfoKey())).contains("rejected");
  }

  @Test
  void aReferenceThatIsNotAuditedCountsIfItHasItsVerdict() throws IOException {
    SamplePath base = upload(Endpoint.CACHE, samples.path("base"));
    SamplePath top = upload(Endpoint.CACHE, samples.path("top", base.storePath()));
    Path list = directory.resolve("list");
    Files.writeString(list, top.storePath().toString());
    assertThat(audit(Endpoint.CACHE, "--apply", "--paths", list.toString())).isEqualTo(1);
    assertThat(verdict(top.narInfoKey())).contains("waiting");
    assertThat(audit(Endpoint.CACHE, "--apply")).isZero();
    assertThat(audit(Endpoint.CACHE, "--apply", "--paths", list.toString())).isZero();
    assertThat(verdict(top.narInfoKey())).contains("verified");
  }
}
