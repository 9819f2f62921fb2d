package io.narthex.local.cli.user;

import io.narthex.local.cli.DataOption;
import io.narthex.local.host.LocalUser;
import io.narthex.local.host.LocalUsers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex user list}. */
@Command(
    name = "list",
    description = "Lists the users that were made, without their secrets.",
    mixinStandardHelpOptions = true)
final class ListUsers implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();

  @Option(names = "--json", description = "One JSON object a user.")
  private boolean json;

  @Override
  public Integer call() {
    for (LocalUser user : LocalUsers.in(data.data()).list()) {
      System.out.print(json ? UserView.json(user, false) : UserView.line(user));
    }
    return 0;
  }
}
