package io.narthex.local.cli.policy;

import picocli.CommandLine.Command;

/** {@code narthex policy}: what a bucket policy says, before and after it is put to a bucket. */
@Command(
    name = "policy",
    description = "Reviews a bucket policy, or explains what it decides.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PolicyCheck.class, PolicyExplain.class})
public final class PolicyCommand {}
