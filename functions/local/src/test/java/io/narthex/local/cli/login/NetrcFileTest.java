package io.narthex.local.cli.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetrcFileTest {
  private static final NetrcEntry ENTRY = new NetrcEntry("c.example", "nxt_1", "nxs_2");

  @TempDir private Path folder;

  private static List<String> save(Path file) throws IOException, RootOnlyException {
    try (NetrcDraft draft = new NetrcFile(file).begin()) {
      return draft.save(ENTRY);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aNewFileIsItsOwnersAlone() throws IOException, RootOnlyException {
    Path file = folder.resolve("netrc");
    assertThat(save(file)).isEmpty();
    assertThat(file).hasContent(ENTRY.line());
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void aFileKeepsItsModeAndOtherBytes() throws IOException, RootOnlyException {
    Path file = folder.resolve("netrc");
    Files.write(file, new byte[] {'#', (byte) 0xff, '\n'});
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(save(file)).isEmpty();
    assertThat(mode(file)).isEqualTo("rw-r-----");
    assertThat(Files.readAllBytes(file)).startsWith('#', 0xff, '\n');
  }

  @Test
  void warnsOfWhatLeaksIt() throws IOException, RootOnlyException {
    Path file = folder.resolve("netrc");
    Files.writeString(file, "default login x password y\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(save(file)).hasSize(2).anyMatch(line -> line.contains("400"));
    assertThat(mode(file)).isEqualTo("rw-r-----");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "machine a login b\n");
    Path link = Files.createSymbolicLink(folder.resolve("netrc"), target);
    assertThatIllegalStateException()
        .isThrownBy(() -> save(link))
        .withMessageContaining(target.toString());
    assertThat(target).hasContent("machine a login b");
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Path file = Files.createDirectory(folder.resolve("netrc"));
    assertThatIllegalStateException().isThrownBy(() -> save(file));
    assertThatIllegalStateException().isThrownBy(() -> save(folder.resolve("none/netrc")));
  }

  @Test
  void aFileThatCurlDoesNotReadStaysAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("netrc"), "machine a login \"b\n");
    assertThatExceptionOfType(MalformedNetrcException.class).isThrownBy(() -> save(file));
    assertThat(file).hasContent("machine a login \"b");
    assertLeavesNothingElse();
  }

  @Test
  void whatIsBegunAndNotSavedLeavesNoTrace() throws IOException, RootOnlyException {
    Path file = folder.resolve("netrc");
    try (NetrcDraft _ = new NetrcFile(file).begin()) {
      assertThat(file).doesNotExist();
    }
    assertThat(folder).isEmptyDirectory();
    save(file);
    assertLeavesNothingElse();
  }

  private void assertLeavesNothingElse() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("netrc"));
    }
  }
}
