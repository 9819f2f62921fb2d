package io.narthex.local.cli;

import io.narthex.cache.principal.MalformedPrincipalsException;
import io.narthex.cache.principal.PrincipalsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code narthex principals}: whom the cache knows besides the holders of its tokens. */
@Command(
    name = "principals",
    description = "Shows or sets whose tokens are taken, and which accounts and roles are known.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class PrincipalsCommand {
  @Command(
      name = "show",
      description = "Prints principals.json as it is; {} if there is none.",
      mixinStandardHelpOptions = true)
  int show(@Mixin OperatedOption where) {
    try (OperatedCache cache = where.open()) {
      System.out.println(cache.callers().principals().orElse("{}").stripTrailing());
      return 0;
    }
  }

  @Command(
      name = "set",
      description = "Replaces principals.json by a file that is understood, or says all problems.",
      mixinStandardHelpOptions = true)
  int set(@Mixin OperatedOption where, @Parameters(paramLabel = "FILE") Path file) {
    String json = read(file);
    problems(json).ifPresent(PrincipalsCommand::refuse);
    try (OperatedCache cache = where.open()) {
      cache.callers().setPrincipals(json);
      System.out.println("set; it holds everywhere within a minute");
      return 0;
    }
  }

  private static void refuse(String problems) {
    throw new CannotException(problems);
  }

  // Said before anybody is asked.
  private static Optional<String> problems(String json) {
    try {
      var _ = PrincipalsJson.read(json);
      return Optional.empty();
    } catch (MalformedPrincipalsException e) {
      return Optional.of(String.join("\n", e.problems()));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CannotException("cannot read " + file + ": " + e.getMessage());
    }
  }
}
