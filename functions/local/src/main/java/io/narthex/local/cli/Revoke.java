package io.narthex.local.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex revoke}: takes a store path, or a public key, back for good. */
@Command(
    name = "revoke",
    description =
        "Takes a store path out of view for good, or trusts a public key no more. Nothing is deleted.",
    mixinStandardHelpOptions = true)
final class Revoke implements Callable<Integer> {
  @Mixin private final OperatedOption where = new OperatedOption();

  @Parameters(
      paramLabel = "PATH|KEY",
      description = "A store path or its hash part, or a public key as NAME:BASE64.")
  private String what = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; reports will say it.")
  private Optional<String> reason = Optional.empty();

  @Option(names = "--undo", description = "Take the revocation back.")
  private boolean undo;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (!undo && reason.filter(text -> !text.isBlank()).isEmpty()) {
      throw new CannotException("say why, with --reason");
    }
    Revocable revocable = Revocable.parse(what);
    try (OperatedCache cache = where.open()) {
      boolean changed =
          undo ? cache.restore(revocable) : cache.revoke(revocable, reason.orElseThrow());
      System.out.println(
          json ? "{\"changed\":%s}".formatted(changed) : text(changed, revocable, cache));
      return 0;
    }
  }

  private String text(boolean changed, Revocable revocable, OperatedCache cache) {
    if (!changed) {
      return undo ? "was not revoked" : "was revoked already";
    }
    String now = undo ? "revocation taken back" : "revoked";
    return switch (revocable) {
      case Revocable.OfPath _ -> now;
      case Revocable.OfKey _ ->
          "%s; within %d minutes all that it signed begins to be looked at again"
              .formatted(now, cache.relookWithin().toMinutes());
    };
  }
}
