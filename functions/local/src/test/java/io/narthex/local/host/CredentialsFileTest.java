package io.narthex.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsFileTest {
  private static final String OTHERS =
      """
      # mine
      [default]
      aws_access_key_id = A
      region = eu-west-2

      [work]
      aws_access_key_id = W
      """;

  @TempDir private Path directory;

  @Test
  void replacesItsOwnProfileAndKeepsTheRest() throws IOException {
    Path file = Files.writeString(directory.resolve("credentials"), OTHERS);
    CredentialsFile.put(file, "alice", new AccessKey("K1", "S1"));
    CredentialsFile.put(file, "bob", new AccessKey("K2", "S2"));
    CredentialsFile.put(file, "alice", new AccessKey("K3", "S3"));
    assertThat(Files.readString(file))
        .isEqualTo(
            OTHERS
                + CredentialsFile.block("bob", new AccessKey("K2", "S2"))
                + CredentialsFile.block("alice", new AccessKey("K3", "S3")));
    CredentialsFile.remove(file, "alice");
    CredentialsFile.remove(file, "bob");
    CredentialsFile.remove(file, "nobody");
    assertThat(Files.readString(file)).isEqualTo(OTHERS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void makesAFileThatIsNotThereAndFollowsALink() throws IOException {
    Path file = directory.resolve("aws").resolve("credentials");
    CredentialsFile.put(file, "a", new AccessKey("K", "S"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    CredentialsFile.put(link, "b", new AccessKey("K", "S"));
    assertThat(Files.readString(file)).contains("[a]").contains("[b]");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void endsALineThatHasNoEnd() throws IOException {
    Path file = Files.writeString(directory.resolve("credentials"), "[x]\na = b");
    CredentialsFile.put(file, "a", new AccessKey("K", "S"));
    assertThat(Files.readString(file)).startsWith("[x]\na = b\n[a]\n");
  }
}
