package io.narthex.local.cli.user;

import picocli.CommandLine.Command;

/** {@code narthex user}: IAM users of the host's account, whether or not it runs. */
@Command(
    name = "user",
    description = "Makes, lists and deletes IAM users of the host that narthex up runs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CreateUser.class, ListUsers.class, DeleteUser.class})
public final class UserCommand {}
