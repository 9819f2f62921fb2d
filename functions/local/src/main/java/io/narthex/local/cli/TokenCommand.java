package io.narthex.local.cli;

import io.narthex.cache.principal.TokenId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex token}: what lets a Nix client in by its {@code netrc-file}. */
@Command(
    name = "token",
    description = "Makes tokens that let readers in, lists them, takes them back.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TokenCreate.class, Exchange.class})
final class TokenCommand {
  @Command(
      name = "list",
      description = "Lists the tokens, never their secrets.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin OperatedOption where,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatedCache cache = where.open()) {
      String tokens = cache.callers().listTokens();
      System.out.print(json ? tokens : TokenTable.of(tokens));
      return 0;
    }
  }

  @Command(
      name = "revoke",
      description = "Takes a token back for good; it is kept, and opens nothing within a minute.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Mixin OperatedOption where,
      @Parameters(paramLabel = "ID", description = "The login, nxt_…") String id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    TokenId token =
        TokenId.parse(id).orElseThrow(() -> new CannotException("not the id of a token: nxt_…"));
    try (OperatedCache cache = where.open()) {
      boolean changed = cache.callers().revokeToken(token);
      System.out.println(
          json
              ? "{\"changed\":%s}".formatted(changed)
              : changed
                  ? "revoked; it opens nothing from a minute on"
                  : "there is none, or it was revoked already");
      return changed || json ? 0 : 1;
    }
  }
}
