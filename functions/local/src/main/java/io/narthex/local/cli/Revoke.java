package io.narthex.local.cli;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.nix.signature.PublicKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
  @Mixin private final DataOption data = new DataOption();

  @Parameters(
      paramLabel = "PATH|KEY",
      description = "A store path or its hash part, or a public key as NAME:BASE64.")
  private String what = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; reports will say it.")
  private Optional<String> reason = Optional.empty();

  @Option(names = "--undo", description = "Take the revocation back.")
  private boolean undo;

  @Override
  public Integer call() throws MalformedJsonException {
    if (!undo && reason.isEmpty()) {
      throw new CannotException("say why, with --reason");
    }
    String answer =
        RunningHost.in(data.data())
            .post(
                (undo ? "/-/restore?" : "/-/revoke?")
                    + target()
                    + reason.map(text -> "&reason=" + encoded(text)).orElse(""));
    boolean changed = JsonDocument.parse(answer.getBytes(StandardCharsets.UTF_8)).flag("changed");
    System.out.println(changed ? done() : (undo ? "was not revoked" : "was revoked already"));
    return 0;
  }

  private boolean isKey() {
    return what.contains(":") && !what.startsWith("/");
  }

  private String target() {
    if (!isKey()) {
      return "path=" + StorePathArgument.hash(what);
    }
    try {
      return "key=" + encoded(PublicKey.parse(what).toString());
    } catch (IllegalArgumentException e) {
      throw new CannotException("not a public key: " + e.getMessage());
    }
  }

  private String done() {
    String now = undo ? "revocation taken back" : "revoked";
    return isKey() ? now + "; all that it signed is looked at again within 6 minutes" : now;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
