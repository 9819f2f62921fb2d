package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@code netrc-file} that only root may write: nobody is asked for a token that has no place, and
 * the command is printed that gets one and puts it there.
 */
final class NetrcOfRootTest {
  private static final String TOKEN = "machine cache.example.org login nxt_1 password nxs_2";

  @TempDir private Path directory;
  private Path netrc;

  @BeforeEach
  void closeTheFolder() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("nix"));
    netrc = folder.resolve("netrc");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  @AfterEach
  void openTheFolder() throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve("nix"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** As somebody whom the modes of files hold back: also root, without what makes it root. */
  private Ended asUser(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(
          List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"));
    }
    command.addAll(NarthexProcess.command(List.of(arguments)));
    return ended(command);
  }

  private Ended ended(List<String> command) throws IOException, InterruptedException {
    try (var process = NarthexProcess.startCommand(directory, Map.of(), command)) {
      int code = process.exitCode();
      assertThat(process.output()).doesNotContain("\tat ");
      return new Ended(code, process.output());
    }
  }

  @Test
  void aLoginPrintsTheCommandThatDoesIt() throws IOException, InterruptedException {
    assertThat(
            asUser(
                "login",
                "--cache",
                "https://cache.example.org",
                "--profile",
                "work",
                "--region",
                "eu-west-2",
                "--expires",
                "8h",
                "--netrc",
                netrc.toString()))
        .isEqualTo(
            new Ended(
                2,
                """
                narthex: you may not write in %1$s. This does it:
                  narthex login --cache https://cache.example.org --profile work --region eu-west-2 \
                --expires 8h --print | sudo narthex login --from-stdin --netrc %1$s/netrc
                """
                    .formatted(netrc.getParent())));
    assertThat(netrc.getParent()).isEmptyDirectory();
  }

  @Test
  void anExchangePrintsItToo() throws IOException, InterruptedException {
    assertThat(
            asUser(
                "token",
                "exchange",
                "--cache",
                "https://cache.example.org",
                "--issuer-token-file",
                "/run/token",
                "--audience",
                "nix",
                "--netrc",
                netrc.toString()))
        .returns(2, Ended::code)
        .satisfies(
            ended ->
                assertThat(ended.output())
                    .contains(
                        "  narthex token exchange --cache https://cache.example.org"
                            + " --issuer-token-file /run/token --audience nix --print | sudo narthex"
                            + " login --from-stdin --netrc "
                            + netrc));
  }

  @Test
  void itsSecondHalfPutsTheLineThere() throws IOException, InterruptedException {
    Path line = Files.writeString(directory.resolve("line"), TOKEN + "\n");
    List<String> half =
        NarthexProcess.command(List.of("login", "--from-stdin", "--netrc", netrc.toString()));
    openTheFolder();
    var fed = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" < \"$0\"", line.toString()));
    fed.addAll(half);
    assertThat(ended(fed)).isEqualTo(new Ended(0, ""));
    assertThat(netrc).hasContent(TOKEN);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(netrc)))
        .isEqualTo("rw-------");
  }
}
