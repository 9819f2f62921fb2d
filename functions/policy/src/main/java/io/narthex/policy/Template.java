package io.narthex.policy;

import io.narthex.policy.Piece.AnyOne;
import io.narthex.policy.Piece.Literal;
import io.narthex.policy.Piece.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text of a policy that stands for many: with {@code *} (any run, also an empty one, also line
 * ends), {@code ?} (exactly one code point) and policy variables. It matches whole texts, in at
 * most template × text steps, without recursion and without garbage.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">Policy
 *     variables</a>
 */
final class Template {
  private static final int NONE = -1;

  /** What is between the {@code *}: one more than there are of them. */
  private final Piece[][] runs;

  private final Variable[] variables;

  Template(List<List<Piece>> runs) {
    this.runs = runs.stream().map(run -> run.toArray(Piece[]::new)).toArray(Piece[][]::new);
    this.variables =
        runs.stream()
            .flatMap(List::stream)
            .filter(Variable.class::isInstance)
            .map(Variable.class::cast)
            .toArray(Variable[]::new);
  }

  /**
   * Whether this is the text, once the variables have their values; indeterminate if one of them is
   * not known, or has several.
   *
   * @param ofNoValue what comes of a variable that is not in the request and has no default
   */
  Truth matches(String text, RequestContext context, Truth ofNoValue) {
    return matches(text, 0, text.length(), context, ofNoValue);
  }

  /** The same of a part of the text. */
  Truth matches(String text, int from, int to, RequestContext context, Truth ofNoValue) {
    Truth resolved = Truth.TRUE;
    for (Variable variable : variables) {
      resolved = resolved.and(resolved(variable, context, ofNoValue));
    }
    return resolved == Truth.TRUE ? Truth.of(isAll(text, from, to, context)) : resolved;
  }

  private static Truth resolved(Variable variable, RequestContext context, Truth ofNoValue) {
    if (!variable.isKeyKnown()) {
      return Truth.INDETERMINATE;
    }
    ContextValues values = context.values(variable.key());
    return switch (values.presence()) {
      case KNOWN -> values.count() == 1 ? Truth.TRUE : Truth.INDETERMINATE;
      case UNKNOWN -> Truth.INDETERMINATE;
      case ABSENT -> variable.otherwise().isPresent() ? Truth.TRUE : ofNoValue;
    };
  }

  /** The keys of the variables. */
  Stream<String> keys() {
    return Arrays.stream(variables).map(Variable::key);
  }

  private boolean isAll(String text, int from, int to, RequestContext context) {
    int at = end(runs[0], text, from, to, context);
    if (runs.length == 1) {
      return at == to;
    }
    // Where the run before it ends soonest, whatever follows has the most room.
    for (int run = 1; run < runs.length - 1 && at != NONE; run++) {
      at = endOfFirst(runs[run], text, at, to, context);
    }
    return at != NONE && isEnd(runs[runs.length - 1], text, at, to, context);
  }

  private static int endOfFirst(
      Piece[] run, String text, int from, int to, RequestContext context) {
    for (int at = from; at <= to; at = next(text, at)) {
      int end = end(run, text, at, to, context);
      if (end != NONE) {
        return end;
      }
    }
    return NONE;
  }

  private static boolean isEnd(Piece[] run, String text, int from, int to, RequestContext context) {
    for (int at = from; at <= to; at = next(text, at)) {
      if (end(run, text, at, to, context) == to) {
        return true;
      }
    }
    return false;
  }

  /** Where the run ends that begins here; {@link #NONE} if the text goes on otherwise. */
  private static int end(Piece[] run, String text, int from, int to, RequestContext context) {
    int at = from;
    for (Piece piece : run) {
      at =
          switch (piece) {
            case Literal(String literal) -> after(literal, text, at, to);
            case AnyOne _ -> at < to ? next(text, at) : NONE;
            case Variable variable -> after(value(variable, context), text, at, to);
          };
      if (at == NONE) {
        return NONE;
      }
    }
    return at;
  }

  private static String value(Variable variable, RequestContext context) {
    ContextValues values = context.values(variable.key());
    if (values.count() != 1) {
      return variable.otherwise().orElseThrow();
    }
    return variable.folded() ? values.typed(0).folded() : values.text(0);
  }

  private static int after(String literal, String text, int at, int to) {
    int end = at + literal.length();
    return end <= to && text.startsWith(literal, at) ? end : NONE;
  }

  private static int next(String text, int at) {
    return at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at + 1;
  }
}
