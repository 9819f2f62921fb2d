package io.narthex.local.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Base64;

/** A login and a password. They never print. */
public final class BasicCredentials {
  private final String login;
  private final String password;

  BasicCredentials(String login, String password) {
    this.login = requireNonNull(login, "login is null");
    this.password = requireNonNull(password, "password is null");
  }

  /** Value of the {@code Authorization} header. */
  public String header() {
    byte[] pair = (login + ":" + password).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "(credentials)";
  }
}
