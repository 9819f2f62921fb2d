package io.narthex.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The same questions by curl, whose library Nix asks with. */
final class Curl {
  /** It shows how far it is, even where it is told to be silent. */
  private static final String QUIETLY = "exec curl \"$@\" 2> /dev/null";

  private static final String ABSENT = "404 ";

  private Curl() {}

  /** What it is told to do. */
  static void configure(Path file, URI base, List<String> paths) throws IOException {
    Files.write(
        file,
        paths.stream()
            .map(path -> "url = \"%s/%s\"\noutput = \"/dev/null\"".formatted(base, path))
            .toList());
  }

  /** Which paths were answered with 404. */
  static Set<String> absent(Path configuration) throws IOException, InterruptedException {
    String said =
        Shell.output(
            "bash",
            "-c",
            QUIETLY,
            "curl",
            "--disable",
            "--silent",
            "--head",
            "--parallel",
            "--parallel-max",
            String.valueOf(HeadReaders.CONNECTIONS),
            "--write-out",
            "%{http_code} %{url_effective}\n",
            "--config",
            configuration.toString());
    return said.lines()
        .filter(line -> line.startsWith(ABSENT))
        .map(line -> line.substring(line.lastIndexOf('/') + 1))
        .collect(Collectors.toUnmodifiableSet());
  }
}
