package io.narthex.policy;

/**
 * A pattern of literal code points, {@code *} (any run, also an empty one, also line ends) and
 * {@code ?} (exactly one code point). It matches whole texts, in at most pattern × text steps and
 * without recursion.
 *
 * <p>The pattern is kept as tokens, so that a literal {@code *} can be told from the wildcard.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">Resource,
 *     wildcards</a>
 */
final class Glob {
  private static final int ANY_RUN = -1;
  private static final int ANY_ONE = -2;

  private final int[] tokens;

  private Glob(int[] tokens) {
    this.tokens = tokens;
  }

  static Glob of(String pattern) {
    return new Glob(pattern.codePoints().map(Glob::token).toArray());
  }

  private static int token(int codePoint) {
    return switch (codePoint) {
      case '*' -> ANY_RUN;
      case '?' -> ANY_ONE;
      default -> codePoint;
    };
  }

  boolean matches(String text) {
    return run(text).matched();
  }

  /** Whether it matched, and after how many comparisons. */
  record Run(boolean matched, long steps) {}

  Run run(String text) {
    int[] points = text.codePoints().toArray();
    int token = 0;
    int point = 0;
    int lastRun = -1;
    int runEnd = 0;
    long steps = 0;
    while (point < points.length) {
      steps++;
      if (isAt(token, ANY_RUN)) {
        lastRun = token++;
        runEnd = point;
      } else if (isAt(token, ANY_ONE) || isAt(token, points[point])) {
        token++;
        point++;
      } else if (lastRun >= 0) {
        // Only the last run can usefully grow: whatever an earlier one could take, this one can.
        token = lastRun + 1;
        point = ++runEnd;
      } else {
        return new Run(false, steps);
      }
    }
    while (isAt(token, ANY_RUN)) {
      steps++;
      token++;
    }
    return new Run(token == tokens.length, steps);
  }

  private boolean isAt(int index, int token) {
    return index < tokens.length && tokens[index] == token;
  }
}
