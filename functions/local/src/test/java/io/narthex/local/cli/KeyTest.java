package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.signature.SecretKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyTest {
  @TempDir private Path directory;

  @Test
  void makesAKeyForItsOwnerOnlyAndNeverOverAnother() throws IOException, InterruptedException {
    Path file = directory.resolve("key.sec");
    String text = success("key", "generate", "cache.example.org-1", file.toString());
    SecretKey key = SecretKey.parse(Files.readString(file));
    assertThat(text).isEqualTo(key.publicKey() + "\n").startsWith("cache.example.org-1:");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(success("key", "public", file.toString())).isEqualTo(text);

    assertThat(refusal("key", "generate", "other-1", file.toString())).contains("is there already");
    assertThat(SecretKey.parse(Files.readString(file)).publicKey()).isEqualTo(key.publicKey());
  }

  @Test
  void saysWhatIsWrongInALineThatShowsNoSecret() throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("bad.sec"), "name-1:c2VjcmV0");
    assertThat(refusal("key", "public", file.toString()))
        .contains("name-1")
        .doesNotContain("c2VjcmV0");
    assertThat(refusal("key", "public", directory.resolve("none").toString())).contains("none");
    assertThat(refusal("key", "generate", "a b", directory.resolve("k").toString())).isNotBlank();
    assertThat(directory.resolve("k")).doesNotExist();
  }

  private String success(String... arguments) throws IOException, InterruptedException {
    try (var process = NarthexProcess.start(directory, arguments)) {
      assertThat(process.exitCode()).as(process.output()).isZero();
      return process.output();
    }
  }

  private String refusal(String... arguments) throws IOException, InterruptedException {
    try (var process = NarthexProcess.start(directory, arguments)) {
      assertThat(process.exitCode()).isEqualTo(2);
      assertThat(process.output()).doesNotContain("\tat ").hasLineCount(1);
      return process.output();
    }
  }
}
