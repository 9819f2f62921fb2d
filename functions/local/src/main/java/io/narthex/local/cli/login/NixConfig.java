package io.narthex.local.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Nix is configured on this machine: as it says itself, else as it is from the start.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/command-ref/conf-file.html#conf-netrc-file">
 *     netrc-file</a>
 */
public final class NixConfig {
  private static final String SETTING = "netrc-file";
  private static final String KEYS = "trusted-public-keys";
  private static final String CACHE_NIXOS_ORG =
      "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";

  private final Map<String, String> environment;

  /** Of a Nix that runs with these variables. */
  public NixConfig(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The file in which it looks for credentials. */
  public Path netrcFile() {
    return Path.of(
        shown(SETTING)
            .map(String::strip)
            .filter(text -> text.startsWith("/"))
            .orElseGet(this::standard));
  }

  /**
   * The keys that it trusts, as {@code name:base64}; that of cache.nixos.org if there is no Nix.
   */
  public List<String> trustedPublicKeys() {
    return shown(KEYS)
        .map(text -> Arrays.stream(text.split("\\s+", -1)).filter(key -> !key.isEmpty()).toList())
        .filter(keys -> keys.stream().allMatch(key -> key.contains(":")))
        .orElse(List.of(CACHE_NIXOS_ORG));
  }

  private String standard() {
    return environment.getOrDefault("NIX_CONF_DIR", "/etc/nix") + "/netrc";
  }

  /** A setting, also of a Nix before 2.14, which only lists all. */
  private Optional<String> shown(String name) {
    return run("config", "show", name)
        .or(() -> run("show-config").flatMap(listing -> setting(name, listing)));
  }

  /** Of a listing of all settings, a line each; a line of an empty one has nothing after its =. */
  static Optional<String> setting(String name, String listing) {
    return listing
        .lines()
        .filter(line -> (line + " ").startsWith(name + " = "))
        .map(line -> line.substring(name.length() + 2).strip())
        .findFirst();
  }

  /** What Nix prints; empty if there is no Nix here, or none that knows this. */
  private Optional<String> run(String... arguments) {
    var command = new ArrayList<>(List.of("nix", "--extra-experimental-features", "nix-command"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return output(builder.start());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> output(Process process) throws IOException {
    process.getOutputStream().close();
    String text = new String(requireNonNull(process.getInputStream()).readAllBytes(), UTF_8);
    try {
      return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
