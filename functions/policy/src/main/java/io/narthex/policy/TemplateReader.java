package io.narthex.policy;

import io.narthex.policy.Piece.AnyOne;
import io.narthex.policy.Piece.Literal;
import io.narthex.policy.Piece.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads templates. A variable is <code>${key}</code> or <code>${key, 'default'}</code>; <code>${*}
 * </code>, <code>${?}</code> and <code>${$}</code> are those characters themselves.
 */
final class TemplateReader {
  private static final String QUOTE = ", '";

  private final String text;
  private final Reading reading;
  private final List<List<Piece>> runs = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private List<Piece> run = new ArrayList<>();
  private int at;

  private TemplateReader(String text, Reading reading) {
    this.text = text;
    this.reading = reading;
  }

  /**
   * How a text is read.
   *
   * @param wildcards whether {@code *} and {@code ?} are such
   * @param variables whether there are variables
   * @param folded whether case does not matter
   */
  record Reading(boolean wildcards, boolean variables, boolean folded) {}

  /** A template of this text; empty if a variable is malformed. */
  static Optional<Template> read(String text, Reading reading) {
    var reader = new TemplateReader(text, reading);
    while (reader.at < text.length()) {
      if (reading.variables() && text.startsWith("${", reader.at)) {
        if (!reader.variable()) {
          return Optional.empty();
        }
      } else {
        reader.character(text.charAt(reader.at++));
      }
    }
    reader.endRun();
    return Optional.of(new Template(reader.runs));
  }

  private void character(char character) {
    if (reading.wildcards() && character == '*') {
      endRun();
    } else if (reading.wildcards() && character == '?') {
      endLiteral();
      run.add(new AnyOne());
    } else {
      literal.append(character);
    }
  }

  private boolean variable() {
    int end = text.indexOf('}', at);
    if (end < 0) {
      return false;
    }
    String inside = text.substring(at + 2, end);
    at = end + 1;
    if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
      literal.append(inside);
      return true;
    }
    int quote = inside.indexOf(QUOTE);
    String key = quote < 0 ? inside : inside.substring(0, quote);
    if (!isKey(key) || (quote >= 0 && !isQuoted(inside, quote))) {
      return false;
    }
    endLiteral();
    Optional<String> otherwise =
        Optional.of(inside)
            .filter(all -> quote >= 0)
            .map(all -> quoted(all, quote))
            .map(this::folded);
    run.add(new Variable(RequestContext.canonical(key), otherwise, reading.folded()));
    return true;
  }

  private static String quoted(String inside, int quote) {
    return inside.substring(quote + QUOTE.length(), inside.length() - 1);
  }

  private String folded(String part) {
    return reading.folded() ? Typed.fold(part) : part;
  }

  private static boolean isKey(String key) {
    return Condition.isKey(key) && key.chars().noneMatch(c -> c == ' ' || c == '$' || c == '\'');
  }

  private static boolean isQuoted(String inside, int quote) {
    int from = quote + QUOTE.length();
    return inside.indexOf('\'', from) == inside.length() - 1;
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      run.add(new Literal(folded(literal.toString())));
      literal.setLength(0);
    }
  }

  private void endRun() {
    endLiteral();
    runs.add(run);
    run = new ArrayList<>();
  }
}
