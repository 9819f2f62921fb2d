package io.narthex.local.cli.user;

import io.narthex.local.cli.DataOption;
import io.narthex.local.host.CredentialsFile;
import io.narthex.local.host.LocalUser;
import io.narthex.local.host.LocalUsers;
import io.narthex.local.host.ShippedPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex user create}. */
@Command(
    name = "create",
    description = "Makes an IAM user with an access key; prints it as a profile of AWS's tools.",
    mixinStandardHelpOptions = true)
final class CreateUser implements Callable<Integer> {
  private static final String UPLOAD = "upload";

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "NAME", description = "1 to 64 letters, digits and _+=,.@-")
  private String name = "";

  @Option(
      names = "--path",
      defaultValue = "/",
      description = "Of its ARN, e.g. /ci/ (default: ${DEFAULT-VALUE}).")
  private String path = "/";

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Its identity policy in JSON, or the word upload: what the Nix manual gives uploaders.")
  private Optional<Path> policy = Optional.empty();

  @Option(
      names = "--bucket",
      defaultValue = "example-nix-cache",
      description = "That --policy upload is about (default: ${DEFAULT-VALUE}).")
  private String bucket = "";

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "A tag, aws:PrincipalTag/KEY in policies; repeatable.")
  private Map<String, String> tags = new LinkedHashMap<>();

  @Option(
      names = "--profile-file",
      paramLabel = "FILE",
      description = "Write the profile into this file, e.g. ~/.aws/credentials; print no secret.")
  private Optional<Path> profileFile = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    LocalUser user =
        LocalUser.generate(
            name,
            path,
            tags,
            policy.map(this::policyText),
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
    LocalUsers.in(data.data()).add(user);
    profileFile.ifPresent(file -> CredentialsFile.put(file, user.name(), user.key()));
    System.out.print(json ? UserView.json(user, profileFile.isEmpty()) : text(user));
    return 0;
  }

  private String text(LocalUser user) {
    return profileFile
        .map(file -> "%s%nprofile %s in %s%n".formatted(user.arn(), user.name(), file))
        .orElseGet(() -> "# " + user.arn() + "\n" + CredentialsFile.block(user.name(), user.key()));
  }

  private String policyText(Path file) {
    if (file.equals(Path.of(UPLOAD)) && Files.notExists(file)) {
      return ShippedPolicies.upload(bucket);
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e, e);
    }
  }
}
