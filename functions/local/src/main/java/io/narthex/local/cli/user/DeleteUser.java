package io.narthex.local.cli.user;

import io.narthex.local.cli.DataOption;
import io.narthex.local.host.CredentialsFile;
import io.narthex.local.host.LocalUser;
import io.narthex.local.host.LocalUsers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex user delete}. */
@Command(
    name = "delete",
    description = "Deletes a user; its key is refused from then on. Exit code 1 if there is none.",
    mixinStandardHelpOptions = true)
final class DeleteUser implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "NAME")
  private String name = "";

  @Option(
      names = "--profile-file",
      paramLabel = "FILE",
      description = "Remove its profile from this file too.")
  private Optional<Path> profileFile = Optional.empty();

  @Override
  public Integer call() {
    LocalUsers users = LocalUsers.in(data.data());
    Optional<LocalUser> user = users.find(name);
    if (user.isEmpty()) {
      System.err.println("narthex: there is no user " + name);
      return 1;
    }
    users.remove(user.get());
    profileFile.ifPresent(file -> CredentialsFile.remove(file, user.get().name()));
    return 0;
  }
}
