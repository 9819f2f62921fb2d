package io.narthex.local.cli.login;

import static java.util.Locale.ROOT;

import java.net.URI;

/**
 * One {@code machine} of a netrc file. It never prints its password.
 *
 * @param machine a host, without a port: netrc knows none
 */
public record NetrcEntry(String machine, String login, String password) {
  private static final int MAX = 4096;

  public NetrcEntry {
    requireWord(machine, "host");
    requireWord(login, "login");
    requireWord(password, "password");
  }

  /**
   * For the host of a cache's URL.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static NetrcEntry of(URI cache, String login, String password) {
    String host = cache.getHost();
    if (host == null) {
      throw new IllegalArgumentException("a cache has a URL with a host, not " + cache);
    }
    return new NetrcEntry(host.toLowerCase(ROOT), login, password);
  }

  /**
   * Reads the line that {@link #line} writes.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static NetrcEntry parse(String line) {
    String[] words = line.strip().split("[ \t]+");
    if (words.length != 6
        || !words[0].equals("machine")
        || !words[2].equals("login")
        || !words[4].equals("password")) {
      throw new IllegalArgumentException("not a line: machine HOST login ID password SECRET");
    }
    return new NetrcEntry(words[1], words[3], words[5]);
  }

  /** The entry as one line, without its end. It holds the password. */
  public String line() {
    return "machine %s login %s password %s".formatted(machine, login, password);
  }

  // curl takes quotes and comments differently from version to version: none is needed here.
  private static void requireWord(String word, String what) {
    boolean isPlain = word.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    if (word.isEmpty() || word.length() > MAX || !isPlain || word.startsWith("#")) {
      throw new IllegalArgumentException("no netrc file can hold that " + what);
    }
  }

  @Override
  public String toString() {
    return "machine " + machine + " login " + login;
  }
}
