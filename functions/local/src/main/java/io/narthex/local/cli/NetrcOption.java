package io.narthex.local.cli;

import io.narthex.cache.login.TokenAnswer;
import io.narthex.local.cli.login.NetrcDraft;
import io.narthex.local.cli.login.NetrcEntry;
import io.narthex.local.cli.login.NetrcFile;
import io.narthex.local.cli.login.NixConfig;
import io.narthex.local.cli.login.RootOnlyException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where a token goes: into the file in which Nix looks for credentials, or to the terminal. */
final class NetrcOption {
  @Option(
      names = "--netrc",
      paramLabel = "FILE",
      description = "Write to this file (default: the netrc-file that Nix is configured with).")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--print", description = "Only print the line for a netrc file.")
  private boolean print;

  /**
   * Puts a token there, for which it only asks when it has a place for it.
   *
   * @param again the command that prints the line
   */
  int put(URI cache, Supplier<TokenAnswer> token, String again) throws IOException {
    if (print) {
      System.out.println(entry(cache, token.get()).line());
      return 0;
    }
    NetrcFile netrc = netrc();
    try (NetrcDraft draft = netrc.begin()) {
      TokenAnswer answer = token.get();
      say(draft.save(entry(cache, answer)));
      System.err.printf(
          "narthex: %s until %s, in %s%n", answer.principal(), answer.expires(), netrc.path());
      return 0;
    } catch (RootOnlyException e) {
      System.err.printf(
          "narthex: %s. This does it:%n  %s --print | sudo narthex login --from-stdin --netrc %s%n",
          e.getMessage(), again, netrc.path());
      return 2;
    }
  }

  /** Puts an entry there that somebody else got. */
  int put(NetrcEntry entry) throws IOException {
    NetrcFile netrc = netrc();
    try (NetrcDraft draft = netrc.begin()) {
      say(draft.save(entry));
      return 0;
    } catch (RootOnlyException e) {
      throw new CannotException(String.valueOf(e.getMessage()));
    }
  }

  private NetrcFile netrc() {
    return new NetrcFile(file.orElseGet(() -> new NixConfig(System.getenv()).netrcFile()));
  }

  private static NetrcEntry entry(URI cache, TokenAnswer token) {
    return NetrcEntry.of(cache, token.id().value(), token.secret().reveal());
  }

  private static void say(List<String> warnings) {
    warnings.forEach(warning -> System.err.println("narthex: warning: " + warning));
  }
}
