package io.narthex.local.cli.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetrcTest {
  private static final NetrcEntry ENTRY = new NetrcEntry("c.example", "nxt_1", "nxs_2");
  private static final String LINE = "machine c.example login nxt_1 password nxs_2";

  /** A file as people have it, and what becomes of it. */
  record Case(String name, String before, String after) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Case> files() {
    return Stream.of(
        new Case("no file", "", LINE + "\n"),
        new Case("another machine", "machine a login b\n", "machine a login b\n" + LINE + "\n"),
        new Case("no line end", "machine a login b", "machine a login b\n" + LINE + "\n"),
        new Case(
            "its own line",
            "machine a login b\nmachine c.example login old password old\nmachine d login e\n",
            "machine a login b\n" + LINE + "\nmachine d login e\n"),
        new Case(
            "over several lines",
            "machine c.example\n\tlogin old\n\tpassword old\n\nmachine d\n",
            LINE + "\n\nmachine d\n"),
        new Case(
            "all on one line",
            "machine a login b password c machine c.example login x password y machine d login e\n",
            "machine a login b password c " + LINE + " machine d login e\n"),
        new Case("in capitals", "MACHINE C.Example LOGIN x PASSWORD y\n", LINE + "\n"),
        new Case("with an account", "machine c.example login x account y password z", LINE),
        new Case("without a password", "machine c.example login x\n", LINE + "\n"),
        new Case(
            "comments around it",
            "# ours: machine c.example\nmachine c.example login x password y # the old one\n# end\n",
            "# ours: machine c.example\n" + LINE + " # the old one\n# end\n"),
        new Case("a hash in a password", "machine c.example login x password #y\n", LINE + "\n"),
        new Case(
            "a password that is a keyword",
            "machine a login machine password c.example\n",
            "machine a login machine password c.example\n" + LINE + "\n"),
        new Case(
            "quotes",
            "machine a login \"b c\" password \"machine c.example \\\" x\"\n",
            "machine a login \"b c\" password \"machine c.example \\\" x\"\n" + LINE + "\n"),
        new Case(
            "its host quoted", "machine \"c.example\" login \"x\" password \"y\"\n", LINE + "\n"),
        new Case(
            "a longer host",
            "machine c.example.org login x\nmachine xc.example login y\n",
            "machine c.example.org login x\nmachine xc.example login y\n" + LINE + "\n"),
        new Case(
            "default stays last",
            "machine a login b\ndefault login x password y\n",
            "machine a login b\n" + LINE + "\ndefault login x password y\n"),
        new Case(
            "default alone, without a line end",
            "default login x password y",
            LINE + "\ndefault login x password y"),
        new Case(
            "behind default, where curl does not look",
            "default login x password y\nmachine c.example login old password old\n# end\n",
            LINE + "\ndefault login x password y\n# end\n"),
        new Case(
            "a macro",
            "machine a login b\nmacdef init\nmachine c.example\ncd /\n\nmachine d\n",
            "machine a login b\nmacdef init\nmachine c.example\ncd /\n\nmachine d\n" + LINE + "\n"),
        new Case(
            "a macro of its own",
            "machine c.example login x\nmacdef init\ncd /\n\nmachine d\n",
            LINE + "\nmacdef init\ncd /\n\nmachine d\n"),
        new Case(
            "a macro without an end", "macdef init\ncd /", "macdef init\ncd /\n\n" + LINE + "\n"),
        new Case(
            "lines of Windows",
            "machine c.example login x password y\r\nmachine d login e\r\n",
            LINE + "\r\nmachine d login e\r\n"),
        new Case("bytes of any encoding", "# \u00ff\u0080\n", "# \u00ff\u0080\n" + LINE + "\n"),
        new Case(
            "the first of two, which curl takes",
            "machine c.example login x\nmachine c.example login y\n",
            LINE + "\nmachine c.example login y\n"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void replacesItsOwnEntryAndKeepsTheRest(Case file) {
    assertThat(Netrc.parse(file.before()).with(ENTRY)).isEqualTo(file.after());
  }

  @ParameterizedTest
  @MethodSource("files")
  void changesNothingTheSecondTime(Case file) {
    assertThat(Netrc.parse(file.after()).with(ENTRY)).isEqualTo(file.after());
  }

  /** Of any words in any order the entry is there afterwards, and all other lines are. */
  @Test
  void findsItsOwnEntryAgainInAnyFile() {
    var random = new Random(7);
    String[] words = {
      "machine",
      "c.example",
      "a",
      "login",
      "password",
      "default",
      "macdef",
      "# c",
      "\n",
      "\n\n",
      "account",
      "\"q q\"",
      " ",
      "\t",
      "\r\n"
    };
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(14); n > 0; n--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      text.append(" x\n");
      String once = Netrc.parse(text.toString()).with(ENTRY);
      assertThat(once).as(text.toString()).contains(LINE);
      assertThat(Netrc.parse(once).with(ENTRY)).as(text.toString()).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "machine a login",
        "machine\n",
        "machine a login \"b\n",
        "machine \"",
        "# x\nmachine a password \"b\\\""
      })
  void refusesAFileThatCurlDoesNotRead(String text) {
    assertThatExceptionOfType(MalformedNetrcException.class)
        .isThrownBy(() -> Netrc.parse(text))
        .withMessageContaining("line ");
  }

  @Test
  void tellsOfADefaultEntry() {
    assertThat(Netrc.parse("default login x").hasDefault()).isTrue();
    assertThat(Netrc.parse("machine default login default").hasDefault()).isFalse();
    assertThat(Netrc.parse("# default").hasDefault()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nmachine evil", "\"a\"", "#a", "a\\", "\u00e4", "a\u0000"})
  void holdsNoWordThatWouldBeReadAsAnother(String word) {
    assertThatIllegalArgumentException().isThrownBy(() -> new NetrcEntry(word, "l", "p"));
    assertThatIllegalArgumentException().isThrownBy(() -> new NetrcEntry("m", word, "p"));
    assertThatIllegalArgumentException().isThrownBy(() -> new NetrcEntry("m", "l", word));
  }

  @Test
  void isReadFromTheLineThatWasPrinted() {
    assertThat(NetrcEntry.parse(LINE + "\n")).isEqualTo(ENTRY);
    assertThatIllegalArgumentException().isThrownBy(() -> NetrcEntry.parse("machine a login b"));
    assertThat(ENTRY).hasToString("machine c.example login nxt_1");
  }
}
