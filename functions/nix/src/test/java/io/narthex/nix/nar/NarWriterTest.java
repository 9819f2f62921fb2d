package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarWriterTest {
  /** Parses an archive and writes what was told. */
  static byte[] rewritten(byte[] nar) throws MalformedNarException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NarWriter writer = new NarWriter(out);
    NarFixtures.parse(nar, new Rewriting(writer));
    try {
      writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "valid-case.nar",
        "valid-one-byte.nar",
        "valid-unnormalized.nar",
        "net-tools-1.60.nar"
      })
  void writesWhatWasReadByteForByte(String file) throws MalformedNarException {
    byte[] nar = NarFixtures.read("nar/" + file);
    assertThat(rewritten(nar)).isEqualTo(nar);
  }

  @Test
  void writesOneFileAsNixDoes() {
    // The NAR hash of a file "hello\n", as `nix hash path` prints it.
    byte[] nar = NarFixtures.fileNar("hello\n".getBytes(UTF_8));
    DigestingSink sink = new DigestingSink();
    sink.feed(nar, 0, nar.length);
    StreamDigest digest = sink.finish();
    assertThat(digest.size()).isEqualTo(120);
    assertThat(Base64.getEncoder().encodeToString(digest.sha256().bytes()))
        .isEqualTo("HDfQGvQL4ugGkd48w99EN3ppmvuxfGjwgJZLL9Bx/BM=");
  }

  @Test
  void refusesEntriesThatDoNotAscend() throws IOException, MalformedNarException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NarWriter writer = new NarWriter(out);
    writer.startDirectory();
    writer.entry(NarName.of("b"));
    writer.symlink(LinkTarget.of("x"));
    assertThatThrownBy(() -> writer.entry(NarName.of("a")))
        .isInstanceOf(MalformedNarException.class)
        .hasMessageContaining("'a' does not sort after 'b'");
  }

  @Test
  void refusesATreeThatIsNotComplete() throws IOException, MalformedNarException {
    NarWriter writer = new NarWriter(new ByteArrayOutputStream());
    writer.startDirectory();
    assertThatThrownBy(writer::finish).isInstanceOf(MalformedNarException.class);
  }

  @Test
  void refusesASecondTree() throws IOException, MalformedNarException {
    NarWriter writer = new NarWriter(new ByteArrayOutputStream());
    writer.symlink(LinkTarget.of("x"));
    assertThatThrownBy(() -> writer.symlink(LinkTarget.of("y")))
        .hasMessageContaining("bytes after the end");
  }

  @Test
  void refusesAFileShorterThanItsSize() {
    NarWriter writer = new NarWriter(new ByteArrayOutputStream());
    assertThatThrownBy(() -> writer.file(false, 5, new ByteArrayInputStream(new byte[4])))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("1 bytes early");
  }

  @Test
  void packsATreeOfTheFileSystem(@TempDir Path directory)
      throws IOException, MalformedNarException {
    Files.writeString(directory.resolve("b"), "contents");
    Files.createDirectory(directory.resolve("B"));
    Files.createSymbolicLink(directory.resolve("B").resolve("dangling"), Path.of("../nowhere"));
    Path script = Files.writeString(directory.resolve("a-script"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NarWriter.pack(directory, out);
    EventLog log = new EventLog();
    NarFixtures.parse(out.toByteArray(), log);
    assertThat(log.events())
        .containsExactly(
            "directory",
            "entry B",
            "directory",
            "entry dangling",
            "symlink ../nowhere",
            "end of directory",
            "entry a-script",
            "file x 10 at 632",
            "contents #!/bin/sh\n",
            "entry b",
            "file 8 at 832",
            "contents contents",
            "end of directory");
  }

  /** Writes every event it hears. */
  private static final class Rewriting implements NarHandler {
    private final NarWriter writer;

    private Rewriting(NarWriter writer) {
      this.writer = writer;
    }

    @Override
    public void startDirectory() {
      write(NarWriter::startDirectory);
    }

    @Override
    public void entry(NarName name) {
      write(w -> w.entry(name));
    }

    @Override
    public void endDirectory() {
      write(NarWriter::endDirectory);
    }

    @Override
    public void startFile(boolean executable, long size, long narOffset) {
      write(w -> w.startFile(executable, size));
    }

    @Override
    public void contents(byte[] buffer, int offset, int length) {
      write(w -> w.contents(buffer, offset, length));
    }

    @Override
    public void endFile() {
      write(NarWriter::endFile);
    }

    @Override
    public void symlink(LinkTarget target) {
      write(w -> w.symlink(target));
    }

    private void write(NarFixtures.Writing event) {
      try {
        event.to(writer);
      } catch (IOException | MalformedNarException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
