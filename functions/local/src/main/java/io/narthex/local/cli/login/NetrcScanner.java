package io.narthex.local.cli.login;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Splits a netrc file into words as curl does: by blanks and line ends, with comments from a {@code
 * #} where a keyword may be to the end of the line, and quotes that end on their line.
 *
 * @see <a href="https://github.com/curl/curl/blob/master/lib/netrc.c">curl's netrc.c</a>
 */
final class NetrcScanner {
  private final String text;
  private int at;

  NetrcScanner(String text) {
    this.text = requireNonNull(text, "text is null");
  }

  /** The next keyword; comments before it are passed over. */
  Optional<NetrcToken> keyword() {
    skipBlanks();
    while (at < text.length() && text.charAt(at) == '#') {
      skipLine();
      skipBlanks();
    }
    return token();
  }

  /** The next word, whatever it is: the value of a keyword. */
  Optional<NetrcToken> value() {
    skipBlanks();
    return token();
  }

  /**
   * Passes over the body of a macro, which ends with an empty line.
   *
   * @return whether there is such a line, and not the end of the file
   */
  boolean skipMacro() {
    skipLine();
    while (at < text.length()) {
      int start = at;
      skipLine();
      if (text.substring(start, at).isBlank()) {
        return true;
      }
    }
    return false;
  }

  private Optional<NetrcToken> token() {
    if (at == text.length()) {
      return Optional.empty();
    }
    return Optional.of(text.charAt(at) == '"' ? quoted() : plain());
  }

  private NetrcToken plain() {
    int start = at;
    while (at < text.length() && !isBlank(text.charAt(at))) {
      at++;
    }
    return new NetrcToken(start, at, text.substring(start, at));
  }

  private NetrcToken quoted() {
    int start = at++;
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
        value.append(unescaped(text.charAt(at)));
      } else {
        value.append(text.charAt(at));
      }
      at++;
    }
    if (at == text.length() || text.charAt(at) != '"') {
      throw new MalformedNetrcException("line %d: a quote is not closed".formatted(line(start)));
    }
    at++;
    return new NetrcToken(start, at, value.toString());
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  private int line(int position) {
    return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
