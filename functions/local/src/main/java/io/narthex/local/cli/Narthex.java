package io.narthex.local.cli;

import io.narthex.aws.stack.StackException;
import io.narthex.cache.store.StoreException;
import io.narthex.local.cli.audit.AuditCommand;
import io.narthex.local.cli.index.IndexCommand;
import io.narthex.local.cli.policy.PolicyCommand;
import io.narthex.local.cli.user.UserCommand;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code narthex} command. */
@Command(
    name = "narthex",
    description = "A Nix binary cache that verifies every upload.",
    mixinStandardHelpOptions = true,
    versionProvider = Narthex.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Narthex {
  private static final List<Class<?>> COMMANDS =
      List.of(
          Up.class,
          StatusCommand.class,
          Why.class,
          Wait.class,
          Missing.class,
          ClosureCommand.class,
          ReferrersCommand.class,
          SearchCommand.class,
          StatsCommand.class,
          IndexCommand.class,
          Revoke.class,
          Redrive.class,
          Key.class,
          UserCommand.class,
          PolicyCommand.class,
          Login.class,
          TokenCommand.class,
          PrincipalsCommand.class,
          AuditCommand.class,
          Demo.class);

  private Narthex() {}

  /** Runs one command; the exit code says how it went: 0, 1 for bad news, 2 for bad use. */
  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /** What reads these arguments: with the command that they name, or all if they name none. */
  static CommandLine commandLine(String... args) {
    CommandLine read = new CommandLine(new Narthex());
    commands(args).forEach(read::addSubcommand);
    return read.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Narthex::complain);
  }

  /** Only one that is called is worth the reflection that its options take. */
  private static List<Class<?>> commands(String... args) {
    String called = args.length == 0 ? "" : args[0];
    return COMMANDS.stream()
        .filter(command -> command.getAnnotation(Command.class).name().equals(called))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  /** The version of the project, which the build writes into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Narthex.class.getPackage().getImplementationVersion();
      return new String[] {"narthex " + Objects.requireNonNullElse(version, "(not from a jar)")};
    }
  }

  /** What a user can do something about is said in a line. */
  private static int complain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof StackException || e instanceof StoreException) {
      command.getErr().println("narthex: " + e.getMessage());
      return 2;
    }
    if (e instanceof CannotException
        || e instanceof IllegalStateException
        || e instanceof IllegalArgumentException) {
      command.getErr().println("narthex: " + reason(e));
      return 2;
    }
    throw e;
  }

  /** What happened, and what it comes from if that says more. */
  private static String reason(Throwable e) {
    Optional<Throwable> cause = Optional.ofNullable(e.getCause());
    while (cause.map(Throwable::getCause).isPresent()) {
      cause = cause.map(Throwable::getCause);
    }
    return e.getMessage() + cause.map(root -> ": " + root.getMessage()).orElse("");
  }
}
