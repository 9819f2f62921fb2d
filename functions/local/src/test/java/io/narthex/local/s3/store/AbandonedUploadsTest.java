package io.narthex.local.s3.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AbandonedUploadsTest {
  private static final Instant LIMIT = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir private Path uploads;

  @Test
  void removesWhatWasNotTouchedSinceAndNothingElse() throws IOException {
    Path bucket = Files.createDirectories(uploads.resolve("example-nix-cache"));
    Path old = bucket.resolve(".mpus-1-nar");
    file(old.resolve("x.nar-1"), LIMIT.minusSeconds(1));
    touch(old, LIMIT.minusSeconds(1));
    Path oldStub = file(bucket.resolve(".s3proxy-mpu-stub-1"), LIMIT.minusSeconds(1));
    Path recent = bucket.resolve(".mpus-2-nar");
    file(recent.resolve("x.nar-1"), LIMIT.minusSeconds(1));
    file(recent.resolve("x.nar-2"), LIMIT.plusSeconds(1));

    new AbandonedUploads(uploads).removeOlderThan(LIMIT);

    assertThat(old).doesNotExist();
    assertThat(oldStub).doesNotExist();
    assertThat(recent.resolve("x.nar-1")).exists();
    assertThat(bucket).exists();
  }

  private static Path file(Path path, Instant modified) throws IOException {
    Files.createDirectories(path.resolveSibling("."));
    touch(Files.writeString(path, "x"), modified);
    return path;
  }

  private static void touch(Path path, Instant modified) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(modified));
  }
}
