package io.narthex.nix.nar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NarParserTest {
  record InvalidFile(String file, String reason) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<InvalidFile> invalidFiles() {
    return Stream.of(
        new InvalidFile("invalid-dot.nar", "file name '.' is not allowed"),
        new InvalidFile("invalid-dotdot.nar", "file name '..' is not allowed"),
        new InvalidFile("invalid-duplicate.nar", "file name 'a' does not sort after 'a'"),
        new InvalidFile("invalid-empty.nar", "empty file name"),
        new InvalidFile(
            "invalid-executable-after-contents.nar", "expected tag ')', got 'executable'"),
        new InvalidFile("invalid-name-after-node.nar", "expected tag 'name', got 'node'"),
        new InvalidFile("invalid-nul-character.nar", "file name 'f\\x00o' contains '/' or NUL"),
        new InvalidFile("invalid-regular-one-byte-non-zero-padding.nar", "padding is not zero"),
        new InvalidFile(
            "invalid-regular-truncated-large-contents.nar", "file of 18446744073709551615 bytes"),
        new InvalidFile("invalid-regular-truncated-padding.nar", "truncated"),
        new InvalidFile("invalid-slash.nar", "contains '/' or NUL"),
        new InvalidFile(
            "invalid-tag-instead-of-contents.nar", "expected tag 'contents', got 'AAAAAAAA'"));
  }

  @ParameterizedTest
  @MethodSource("invalidFiles")
  void refusesWhatNixRefusesAndSaysWhy(InvalidFile invalid) {
    assertThatThrownBy(() -> events(NarFixtures.read("nar/" + invalid.file())))
        .isInstanceOf(MalformedNarException.class)
        .hasMessageContaining(invalid.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "valid-case.nar",
        "valid-one-byte.nar",
        "valid-unnormalized.nar",
        "net-tools-1.60.nar"
      })
  void acceptsWhatNixAccepts(String file) throws MalformedNarException {
    assertThat(events(NarFixtures.read("nar/" + file))).isNotEmpty();
  }

  @Test
  void tellsTheTreeInOrderWithOffsets() throws MalformedNarException {
    byte[] nar =
        NarTokens.archive()
            .tokens("(", "type", "directory")
            .tokens("entry", "(", "name", "bar", "node")
            .tokens("(", "type", "regular", "contents", "foo\n", ")", ")")
            .tokens("entry", "(", "name", "link", "node")
            .tokens("(", "type", "symlink", "target", "xyzzy", ")", ")")
            .tokens("entry", "(", "name", "run", "node")
            .tokens("(", "type", "regular", "executable", "", "contents", "", ")", ")", ")")
            .toBytes();
    assertThat(events(nar))
        .containsExactly(
            "directory",
            "entry bar",
            "file 4 at 232", // what Nix's own test of write-nar-listing expects
            "contents foo\n",
            "entry link",
            "symlink xyzzy",
            "entry run",
            "file x 0 at 648",
            "contents ",
            "end of directory");
  }

  record Fault(String what, NarTokens nar, String reason) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Fault> faults() {
    String name = "n".repeat(256);
    String target = "t".repeat(4096);
    return Stream.of(
        new Fault("nothing at all", new NarTokens(), "the magic 'nix-archive-1' is awaited"),
        new Fault("other magic", new NarTokens().tokens("nix-archive-2"), "not a Nix archive"),
        new Fault("long magic", new NarTokens().length(1L << 40), "of at most 32"),
        new Fault("negative length", new NarTokens().length(-1), "18446744073709551615 bytes"),
        new Fault(
            "unknown type",
            NarTokens.archive().tokens("(", "type", "fifo"),
            "unknown file type 'fifo'"),
        new Fault(
            "executable with a value",
            NarTokens.archive().tokens("(", "type", "regular", "executable", "yes"),
            "executable marker has the value 'yes'"),
        new Fault("long name", inDirectory().length(name.length()), "a file name of at most 255"),
        new Fault(
            "long target",
            NarTokens.archive().tokens("(", "type", "symlink", "target").length(target.length()),
            "a symlink target of at most 4095"),
        new Fault(
            "empty target",
            NarTokens.archive().tokens("(", "type", "symlink", "target", ""),
            "empty symlink target"),
        new Fault(
            "target with NUL",
            NarTokens.archive().tokens("(", "type", "symlink", "target", "a\0b"),
            "symlink target 'a\\x00b' contains NUL"),
        new Fault(
            "names not bytewise ascending",
            inDirectory()
                .tokens("a", "node", "(", "type", "symlink", "target", "x", ")", ")")
                .tokens("entry", "(", "name", "B"),
            "file name 'B' does not sort after 'a'"),
        new Fault(
            "a word in place of an entry",
            NarTokens.archive().tokens("(", "type", "directory", "contents"),
            "expected tag 'entry' or ')', got 'contents'"),
        new Fault(
            "padding of a tag", NarTokens.archive().length(1).bytes("(\0\0\0\0\0\0\1"), "padding"),
        new Fault("one byte after the end", emptyDirectory().bytes("\0"), "bytes after the end"),
        new Fault(
            "a second archive", emptyDirectory().tokens("nix-archive-1"), "bytes after the end"),
        new Fault(
            "unclosed directory", NarTokens.archive().tokens("(", "type", "directory"), "trunc"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void refuses(Fault fault) {
    assertThatThrownBy(() -> events(fault.nar().toBytes()))
        .isInstanceOf(MalformedNarException.class)
        .hasMessageContaining(fault.reason());
  }

  @Test
  void saysHowFarItRead() {
    MalformedNarException e =
        catchThrowableOfType(
            MalformedNarException.class, () -> events(emptyDirectory().bytes("x").toBytes()));
    assertThat(e.offset()).isEqualTo(96);
    assertThat(e.reason()).isEqualTo("bytes after the end of the archive");
  }

  @Test
  void refusesEveryTruncation() {
    byte[] nar = NarFixtures.read("nar/valid-unnormalized.nar");
    for (int length = 0; length < nar.length; length++) {
      NarParser parser = new NarParser(new NarHandler() {});
      int fed = length;
      assertThatCode(() -> parser.feed(nar, 0, fed)).doesNotThrowAnyException();
      assertThatThrownBy(parser::finish).hasMessageContaining("truncated");
    }
  }

  @Test
  void acceptsLongestNamesAndTargets() throws MalformedNarException {
    NarTokens nar =
        inDirectory()
            .tokens("n".repeat(255), "node", "(", "type", "symlink", "target")
            .tokens("t".repeat(4095), ")", ")", ")");
    assertThat(events(nar.toBytes())).hasSize(4);
  }

  @Test
  void acceptsSixtyFourLevelsAndRefusesOneMore() throws MalformedNarException {
    assertThat(events(nested(64))).hasSize(3 * 64 - 1);
    assertThatThrownBy(() -> events(nested(65))).hasMessageContaining("deeper than 64 levels");
  }

  @Test
  void keepsNamesThatAreNotUtf8() throws MalformedNarException {
    NarTokens nar =
        inDirectory()
            .tokens("a\u00ff", "node", "(", "type", "symlink", "target", "x", ")", ")", ")");
    List<NarName> names = new ArrayList<>();
    NarFixtures.parse(
        nar.toBytes(),
        new NarHandler() {
          @Override
          public void entry(NarName name) {
            names.add(name);
          }
        });
    assertThat(names).extracting(NarName::raw).containsExactly("a\u00ff");
    assertThat(names.getFirst().text()).isEmpty();
    assertThat(names.getFirst()).hasToString("a\\xff");
  }

  @Test
  void ordersNamesByTheirBytes() {
    // U+FF61 sorts before U+1F600 by bytes and by code point, but after it by UTF-16.
    assertThat(NarName.of("\uff61")).isLessThan(NarName.of("\ud83d\ude00"));
    assertThat(NarName.of("\uff61").raw().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo("\uff61".getBytes(StandardCharsets.UTF_8));
  }

  private static NarTokens inDirectory() {
    return NarTokens.archive().tokens("(", "type", "directory", "entry", "(", "name");
  }

  private static NarTokens emptyDirectory() {
    return NarTokens.archive().tokens("(", "type", "directory", ")");
  }

  /** So many directories in each other. */
  private static byte[] nested(int levels) {
    NarTokens nar = NarTokens.archive();
    for (int i = 1; i < levels; i++) {
      nar.tokens("(", "type", "directory", "entry", "(", "name", "d", "node");
    }
    nar.tokens("(", "type", "directory", ")");
    for (int i = 1; i < levels; i++) {
      nar.tokens(")", ")");
    }
    return nar.toBytes();
  }

  private static List<String> events(byte[] nar) throws MalformedNarException {
    EventLog log = new EventLog();
    NarFixtures.parse(nar, log);
    return log.events();
  }
}
