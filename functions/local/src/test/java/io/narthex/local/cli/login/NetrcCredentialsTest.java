package io.narthex.local.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetrcCredentialsTest {
  private static final URI CACHE = URI.create("https://c.example");
  @TempDir private Path directory;

  /** A file, and who is sent to c.example by it; empty for nobody. */
  record Case(String name, String file, String sent) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> files() {
    return Stream.of(
        new Case("empty", "", ""),
        new Case("another host", "machine d.example login x password y", ""),
        new Case("a longer host", "machine xc.example login x password y", ""),
        new Case("its host", "machine c.example login x password y", "x:y"),
        new Case("in capitals", "MACHINE C.Example\n  LOGIN x\n  PASSWORD y\n", "x:y"),
        new Case("the password first", "machine c.example password y login x", "x:y"),
        new Case("an account between", "machine c.example login x account z password y", "x:y"),
        new Case("quotes", "machine c.example login \"x y\" password \"a\\\"b\"", "x y:a\"b"),
        new Case(
            "the first of two",
            "machine c.example login x password y\nmachine c.example login z password z",
            "x:y"),
        new Case(
            "others around it",
            "machine a login b password c machine c.example login x"
                + " password y machine d login e password f",
            "x:y"),
        new Case("default", "machine a login b password c\ndefault login x password y", "x:y"),
        new Case(
            "default before it, where curl stops",
            "default login x password y\nmachine c.example login z password z",
            "x:y"),
        new Case(
            "a password that is a keyword",
            "machine a login machine password c.example\nmachine c.example login x password y",
            "x:y"),
        new Case(
            "a macro and a comment",
            "macdef init\nmachine c.example login z password z\n\n# machine c.example login q\n"
                + "machine c.example login x password y",
            "x:y"));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("netrc"), text);
  }

  @ParameterizedTest
  @MethodSource("files")
  void findsWhatCurlFinds(Case one) throws IOException {
    String header =
        new NetrcCredentials(write(one.file()))
            .of(CACHE)
            .map(BasicCredentials::header)
            .map(text -> new String(Base64.getDecoder().decode(text.substring(6)), UTF_8))
            .orElse("");
    assertThat(header).isEqualTo(one.sent());
  }

  @Test
  void aFileThatIsNotThereSaysNothing() throws IOException {
    assertThat(new NetrcCredentials(directory.resolve("none")).of(CACHE)).isEmpty();
  }

  @Test
  void sendsNothingInTheClearToOtherMachines() throws IOException {
    var credentials = new NetrcCredentials(write("machine c.example login x password secret"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> credentials.of(URI.create("http://c.example")))
        .withMessageContaining("https");
    assertThat(credentials.of(URI.create("http://d.example"))).isEmpty();
    assertThat(credentials.of(CACHE).orElseThrow()).hasToString("(credentials)");
  }

  @Test
  void refusesAFileThatCurlWouldNotRead() throws IOException {
    Path file = write("machine c.example login");
    assertThatExceptionOfType(MalformedNetrcException.class)
        .isThrownBy(() -> new NetrcCredentials(file).of(CACHE));
  }
}
