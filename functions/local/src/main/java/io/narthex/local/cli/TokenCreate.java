package io.narthex.local.cli;

import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.principal.SessionTags;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex token create}: prints the netrc line of a new token, and nothing else. */
@Command(
    name = "create",
    description = "Makes a token; prints its line for a netrc-file, this once.",
    mixinStandardHelpOptions = true)
final class TokenCreate implements Callable<Integer> {
  @Mixin private final OperatedOption where = new OperatedOption();

  @Option(
      names = "--principal",
      required = true,
      paramLabel = "ARN",
      description = "As whom its holder reads, e.g. arn:aws:iam::123456789012:role/ci.")
  private String principal = "";

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "Policies see it as aws:PrincipalTag/KEY; repeatable.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "LIFE",
      defaultValue = "90d",
      converter = Life.class,
      description = "How long it is good, e.g. 90d, 12h or 30m (default: ${DEFAULT-VALUE}).")
  private Duration life = TokenGrant.DEFAULT_LIFE;

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
  private String description = "";

  @Option(
      names = "--user-id",
      paramLabel = "ID",
      description = "What policies see as aws:userid; without it they do not know.")
  private Optional<String> userId = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The host in the line (default: of the cache's URL).")
  private Optional<String> host = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Optional<String> named = host.map(NetrcLogin::requireHost);
    var grant =
        new TokenGrant(
            PrincipalText.parse(principal),
            new SessionTags(byKey()),
            userId,
            new TokenOrigin.Administrator(),
            description,
            life);
    try (OperatedCache cache = where.open()) {
      CallerDesk callers = cache.callers();
      String machine = named.orElseGet(() -> NetrcLogin.host(callers.url()));
      NetrcLogin login = callers.createToken(grant);
      System.out.println(json ? login.json(machine) : login.line(machine));
      return 0;
    }
  }

  private Map<String, String> byKey() {
    Map<String, String> byKey = new LinkedHashMap<>();
    for (String tag : tags) {
      String[] pair = tag.split("=", 2);
      if (pair.length < 2) {
        throw new CannotException("a tag is KEY=VALUE, not " + tag);
      }
      if (byKey.put(pair[0], pair[1]) != null) {
        throw new CannotException("two tags are named " + pair[0]);
      }
    }
    return byKey;
  }
}
