package io.narthex.local.cli.login;

import java.util.Optional;

/** Looks up in a netrc file what curl would send to a host. */
public final class NetrcCredentials {
  private NetrcCredentials() {}

  /**
   * Login and password of the first entry of a host, or of {@code default}, with a colon between.
   * It is a secret.
   *
   * @param text of the file, one character a byte
   * @return empty if there is none for it
   */
  public static Optional<String> of(String text, String host) {
    NetrcScanner scanner = new NetrcScanner(text);
    boolean isOurs = false;
    Optional<String> login = Optional.empty();
    Optional<String> password = Optional.empty();
    Optional<NetrcToken> word = scanner.keyword();
    while (word.isPresent()) {
      NetrcToken token = word.get();
      if (token.is("machine") || token.is("default")) {
        if (isOurs) {
          break;
        }
        isOurs = token.is("default") || scanner.value().filter(name -> name.is(host)).isPresent();
      } else if (token.is("macdef")) {
        scanner.skipMacro();
      } else if (token.is("login") || token.is("password") || token.is("account")) {
        Optional<String> value = scanner.value().map(NetrcToken::value);
        login = isOurs && token.is("login") ? value : login;
        password = isOurs && token.is("password") ? value : password;
      }
      word = scanner.keyword();
    }
    return isOurs && password.isPresent()
        ? Optional.of(login.orElse("") + ":" + password.get())
        : Optional.empty();
  }
}
