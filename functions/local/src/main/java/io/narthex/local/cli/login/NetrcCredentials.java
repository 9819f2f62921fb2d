package io.narthex.local.cli.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a netrc file has for a host, as Nix, which is to say curl, finds it: the first entry of the
 * host, or the {@code default} that stands before it.
 */
public final class NetrcCredentials {
  private final Path file;

  /** In this file, whether it is there or not. */
  public NetrcCredentials(Path file) {
    this.file = requireNonNull(file, "file is null");
  }

  /**
   * For a cache; none if the file is not there, or not ours to read.
   *
   * @throws MalformedNetrcException if curl would not read the file
   * @throws IllegalArgumentException if there are some that must not be sent there
   * @throws IOException if the file system fails
   */
  public Optional<BasicCredentials> of(URI cache) throws IOException {
    Optional<BasicCredentials> found =
        new Search(text(), String.valueOf(cache.getHost())).credentials();
    if (found.isPresent()) {
      SafeUrl.require(cache);
    }
    return found;
  }

  private String text() throws IOException {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (NoSuchFileException | AccessDeniedException e) {
      return "";
    }
  }

  /** One pass over a file, to the end of the first entry that counts. */
  static final class Search {
    private final NetrcScanner scanner;
    private final String host;
    private boolean isOurs;
    private String login = "";
    private String password = "";

    Search(String text, String host) {
      this.scanner = new NetrcScanner(text);
      this.host = host;
    }

    Optional<BasicCredentials> credentials() {
      Optional<NetrcToken> token = scanner.keyword();
      while (token.isPresent() && !(isOurs && beginsAnother(token.get()))) {
        read(token.get());
        token = scanner.keyword();
      }
      return isOurs ? Optional.of(new BasicCredentials(login, password)) : Optional.empty();
    }

    private static boolean beginsAnother(NetrcToken word) {
      return word.is("machine") || word.is("default") || word.is("macdef");
    }

    private void read(NetrcToken word) {
      if (word.is("machine")) {
        isOurs = value().equalsIgnoreCase(host);
      } else if (word.is("default")) {
        isOurs = true;
      } else if (word.is("macdef")) {
        var _ = scanner.skipMacro();
      } else if (word.is("login")) {
        login = isOurs ? value() : skipped();
      } else if (word.is("password")) {
        password = isOurs ? value() : skipped();
      } else if (word.is("account")) {
        var _ = value();
      }
    }

    private String value() {
      return scanner
          .value()
          .map(NetrcToken::value)
          .orElseThrow(() -> new MalformedNetrcException("its last word has no value"));
    }

    private String skipped() {
      var _ = value();
      return "";
    }
  }
}
