package io.narthex.local.cli;

import io.narthex.cache.settings.UndeclaredMode;
import picocli.CommandLine.Option;

/** By which rules paths are judged, where a cache is made and where one is audited. */
public final class RulesOption {
  @Option(
      names = "--required-signatures",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many trusted keys must have signed (default: ${DEFAULT-VALUE}).")
  private int requiredSignatures;

  @Option(
      names = "--undeclared",
      defaultValue = "warn",
      description = "Undeclared references: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private UndeclaredMode undeclared = UndeclaredMode.WARN;

  /** How many trusted keys must have signed a path. */
  public int requiredSignatures() {
    return requiredSignatures;
  }

  /** What becomes of a path that mentions store paths which its narinfo does not. */
  public UndeclaredMode undeclared() {
    return undeclared;
  }
}
