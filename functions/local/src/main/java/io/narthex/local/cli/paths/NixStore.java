package io.narthex.local.cli.paths;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The Nix store of this machine, asked by {@code nix-store}. */
public final class NixStore implements GivenPaths.Closures {
  /** A command line has room for so many. */
  private static final int AT_ONCE = 500;

  private static final List<String> REQUISITES = List.of("nix-store", "--query", "--requisites");

  /** The one of this machine, whether it has one or not. */
  public NixStore() {}

  /**
   * By what the store knows.
   *
   * @throws IllegalStateException if there is no Nix here, or a path is not in its store
   */
  @Override
  public List<String> of(List<String> paths) {
    var closure = new LinkedHashSet<String>();
    for (int from = 0; from < paths.size(); from += AT_ONCE) {
      closure.addAll(requisites(paths.subList(from, Math.min(from + AT_ONCE, paths.size()))));
    }
    return List.copyOf(closure);
  }

  private static List<String> requisites(List<String> paths) {
    var command = new ArrayList<>(REQUISITES);
    command.addAll(paths);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String answer = new String(requireNonNull(process.getInputStream()).readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "the store of this machine does not know the closure; nix-store said why");
      }
      return answer.lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(
          "--closure needs nix-store on the PATH, or what nix path-info --recursive --json prints"
              + " as its input",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
